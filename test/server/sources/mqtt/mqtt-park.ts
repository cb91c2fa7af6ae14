/** The sample park with its hall, office and battery over MQTT. */
import { buildPark } from '../../../../models/park/build.ts';
import type { Park } from '../../../../models/park/park.ts';
import { sampleTexts, sampleYaml } from '../../../sample-park.ts';

const shelly = (pointer: string) =>
  `{type: mqtt, topic: shelly/hall/status, pointer: "${pointer}", time: {pointer: /sys/unixtime, format: unixSeconds}}`;
const tasmota = (pointer: string) =>
  `{type: mqtt, topic: tele/office/SENSOR, pointer: ${pointer}, time: {pointer: /Time, format: local, timeZone: Europe/Berlin}}`;
/** `{"kW": 5, "at": ms}`, or rows of them. */
export const meterTopic = 'meters/battery';
const meter = '{type: mqtt, topic: meters/+, pointer: /kW, time: {pointer: /at, format: unixMillis}}';
const bare = '{type: mqtt, topic: sensors/pv}';

export const mqttYaml = sampleYaml
  .replaceAll('{type: simulator}', '{type: push}')
  .replace(
    / {2}- \{id: hall.power.*\n/,
    `  - {id: hall.power, asset: hall, port: electricity.in, unit: W, cadence_s: 15, range: [0, 3000000], source: ${shelly('/em1:1/act_power')}}
  - {id: hall.energy, asset: hall, port: electricity.in, unit: Wh, measure: register, cadence_s: 60, range: [0, 1e12], source: ${shelly('/em1data:1/total_act_energy')}}
  - {id: office.power, asset: office, port: electricity.in, unit: W, cadence_s: 300, range: [0, 300000], source: ${tasmota('/ENERGY/Power')}}
  - {id: office.counter, asset: office, port: electricity.in, unit: kWh, measure: register, cadence_s: 300, range: [0, 1e9], source: ${tasmota('/ENERGY/Total')}}
`,
  )
  .replace(/(id: battery.power,.*)source: \{type: push\}/, `$1source: ${meter}`)
  .replace(/(id: pv.power,.*)source: \{type: push\}/, `$1source: ${bare}`);

export function buildMqttPark(yaml: string): Park {
  const { park, problems } = buildPark({ ...sampleTexts(), yaml });
  if (park === null) throw new Error(problems.map((p) => `${p.feature ?? p.file}: ${p.message}`).join('\n'));
  return park;
}
