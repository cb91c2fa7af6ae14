/** A process that publishes readings one by one, QoS 1: `url topic count first`. So many are under way at once. */
import { connectAsync } from 'mqtt';

const outstanding = 1000;
const [url = '', topic = '', count = '0', first = '0'] = process.argv.slice(2);

async function publish(): Promise<void> {
  const client = await connectAsync(url, { protocolVersion: 4 });
  let next = 0;
  const one = async () => {
    while (next < Number(count)) {
      const n = next++;
      await client.publishAsync(topic, JSON.stringify({ kW: n % 500, at: Number(first) + n }), { qos: 1 });
    }
  };
  await Promise.all(Array.from({ length: outstanding }, one));
  await client.endAsync();
}

publish().catch((error) => {
  console.error(error);
  process.exit(1);
});
