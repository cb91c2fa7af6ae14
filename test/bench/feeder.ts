/** A process that posts readings at a steady rate: `url readings-a-second names…`; says how it went when asked. */
import { Agent, request } from 'node:http';
import { token } from '../server/sample-server.ts';
import { quantile } from './processes.ts';

const [url = '', rate = '', ...names] = process.argv.slice(2);
const batch = 250;
const every_ms = (batch / Number(rate)) * 1000;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const start = Date.now();
/** A millisecond between readings of a point, whatever the rate. */
const step_ms = Math.max(1, Math.floor((1000 * names.length) / Number(rate)));
let sent = 0;
let acknowledged = 0;
let failed = 0;
let times: number[] = [];

function post(): void {
  const readings = Array.from({ length: batch }, () => {
    const n = sent++;
    return { point: names[n % names.length], time: start + Math.floor(n / names.length) * step_ms, value: 100 + (n % 97) / 7 };
  });
  const body = JSON.stringify({ readings });
  const began = performance.now();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const asked = request(`${url}/api/v1/parks/sample/readings`, { method: 'POST', agent, headers }, (response) => {
    response.resume().on('end', () => {
      if (response.statusCode === 200) acknowledged += batch;
      else failed++;
      times.push(performance.now() - began);
    });
  });
  asked.on('error', () => failed++).end(body);
}

const began = performance.now();
let posts = 0;
setInterval(() => {
  // What a late timer left out is made up for: the rate is the rate.
  while (posts * every_ms < performance.now() - began) {
    post();
    posts++;
  }
}, 5);

let since = { at: performance.now(), acknowledged: 0 };
process.on('message', (message: 'begin' | 'report') => {
  if (message === 'begin') {
    since = { at: performance.now(), acknowledged };
    times = [];
    return;
  }
  const sorted = times.sort((a, b) => a - b);
  const seconds = (performance.now() - since.at) / 1000;
  process.send?.({ rate: (acknowledged - since.acknowledged) / seconds, failed, p99: quantile(sorted, 0.99) });
});
process.send?.({ started: true });
