import { describe, expect, it } from 'vitest';
import { httpAcknowledgements, mqttAcknowledgements, prove } from './fsync-proof.ts';
import { type TraceEvent, traceReader } from './trace-events.ts';

const time = 1_790_000_000_123;
const hex = (bytes: Buffer) => [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const quoted = (text: string | Buffer) => `"${hex(Buffer.from(text))}"`;
const wal = `30<${hex(Buffer.from('/data/sample.sqlite-wal'))}>`;
const connection = '21<TCP:[127.0.0.1:3000->127.0.0.1:4711]>';

const page = Buffer.alloc(4096);
page.set(Buffer.from(time.toString(16).padStart(12, '0'), 'hex'), 100);
const commitHead = Buffer.alloc(24);
commitHead.writeUInt32BE(7, 4);

const asked = `1 read(${connection}, ${quoted(`POST {"time":${time}}`)}, 65536) = 30`;
const head = `2 pwrite64(${wal}, ${quoted(commitHead)}, 24, 0) = 24`;
const row = `2 pwrite64(${wal}, ${quoted(page)}, 4096, 24) = 4096`;
const sync = [`2 fdatasync(${wal} <unfinished ...>`, '1 write(9<\\x61>, "\\x01", 1) = 1', '2 <... fdatasync resumed>) = 0'];
const answered = `1 writev(${connection}, [{iov_base=${quoted('HTTP/1.1 200 OK')}, iov_len=15}], 1) = 15`;

function events(lines: readonly string[]): TraceEvent[] {
  const found: TraceEvent[] = [];
  const read = traceReader((event) => void found.push(event));
  for (const line of lines) read(line);
  return found;
}
const proved = (lines: readonly string[]) => {
  const seen = events(lines);
  return prove(seen, httpAcknowledgements(seen, 3000)).proved;
};

describe('a trace shows that a reading was on disk before it was acknowledged', () => {
  it('when it was written and synced in between', () => {
    expect(proved([asked, head, row, ...sync, answered])).toBe(1);
  });

  it.each([
    ['without a sync', [asked, head, row, answered]],
    ['with a sync that returned too late', [asked, head, row, ...sync.slice(0, 2), answered, ...sync.slice(2)]],
    ['with a sync that began before the row was written', [asked, ...sync.slice(0, 2), head, row, ...sync.slice(2), answered]],
    ['with another row', [asked, head, row.replace(hex(page.subarray(100, 106)), hex(Buffer.alloc(6))), ...sync, answered]],
    ['with a sync inside a transaction', [asked, head.replace('\\x07', '\\x00'), row, ...sync, answered]],
  ])('not %s', (_, lines) => {
    expect(proved(lines)).toBe(0);
  });

  it('over MQTT by the number of the packet, however its bytes are cut', () => {
    const payload = `{"kW":5,"at":${time}}`;
    const publish = Buffer.from([0x32, payload.length + 6, 0, 1, 0x61, 0, 9, 0, ...Buffer.from(payload)]);
    const broker = '25<TCP:[127.0.0.1:4712->127.0.0.1:1883]>';
    const cut = [publish.subarray(0, 5), publish.subarray(5)].map((part) => `1 read(${broker}, ${quoted(part)}, 65536) = ${part.length}`);
    const seen = events([...cut, head, row, ...sync, `1 write(${broker}, ${quoted(Buffer.from([0x40, 2, 0, 9]))}, 4) = 4`]);
    expect(prove(seen, mqttAcknowledgements(seen, 1883))).toEqual({ acknowledged: 1, readings: 1, proved: 1, syncs: 1 });
  });
});
