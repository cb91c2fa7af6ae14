/** From a trace: for each acknowledgement, whether its rows were in the log of the database and synced before it was sent. */
import type { TraceEvent } from './trace-events.ts';

export interface Acknowledgement {
  /** Measured times of its readings: each is used once, and so names its row. */
  times: number[];
  /** Where in the trace the last byte of the question was read, and the answer begun. */
  received: number;
  answered: number;
}

export interface Proof {
  acknowledged: number;
  readings: number;
  /** Acknowledgements with all rows written and synced in between. */
  proved: number;
  /** Commits that were synced. */
  syncs: number;
}

export function prove(events: readonly TraceEvent[], acknowledgements: readonly Acknowledgement[]): Proof {
  const writes = events.filter(({ kind }) => kind === 'walWrite');
  const written = firstWrites(
    writes,
    acknowledgements.flatMap(({ times }) => times),
  );
  const syncs = events.filter((event) => event.kind === 'walSync' && isCommitted(writes, event.begun));
  const proved = acknowledgements.filter(({ times, received, answered }) =>
    times.every((time) => {
      const row = written.get(time);
      if (!row || row.begun <= received) return false;
      return syncs.some(({ begun, ended }) => begun > row.ended && ended < answered);
    }),
  );
  return {
    acknowledged: acknowledgements.length,
    readings: acknowledgements.flatMap(({ times }) => times).length,
    proved: proved.length,
    syncs: syncs.length,
  };
}

/** The first page in the log that has a row's time: six bytes, big-endian, as SQLite keeps an integer of that size. */
function firstWrites(writes: readonly TraceEvent[], times: readonly number[]): Map<number, TraceEvent> {
  const found = new Map<number, TraceEvent>();
  let left: ReadonlyMap<number, Buffer> = new Map(times.map((time) => [time, Buffer.from(time.toString(16).padStart(12, '0'), 'hex')]));
  for (const write of writes) {
    if (write.bytes.length < 4096) continue;
    const missing = new Map<number, Buffer>();
    for (const [time, bytes] of left) {
      if (write.bytes.includes(bytes)) found.set(time, write);
      else missing.set(time, bytes);
    }
    left = missing;
  }
  return found;
}

/** The last frame before `at` ends a transaction: its head of 24 bytes says how large the database is then. */
function isCommitted(writes: readonly TraceEvent[], at: number): boolean {
  const head = writes.findLast(({ bytes, ended }) => bytes.length === 24 && ended < at);
  return head !== undefined && head.bytes.readUInt32BE(4) > 0;
}

/** HTTP: one request after the other on each connection, with `"time":ms` in it, and answers of 200. */
export function httpAcknowledgements(events: readonly TraceEvent[], port: number): Acknowledgement[] {
  const found: Acknowledgement[] = [];
  const asked = new Map<string, { times: number[]; received: number }>();
  for (const { kind, connection, bytes, begun, ended } of events) {
    if (!connection.split('->')[0]?.endsWith(`:${port}`)) continue;
    const text = bytes.toString('latin1');
    if (kind === 'received') {
      const before = asked.get(connection)?.times ?? [];
      const times = [...text.matchAll(/"time":(\d{13})\b/g)].map(([, time]) => Number(time));
      asked.set(connection, { times: [...before, ...times], received: ended });
    } else if (text.startsWith('HTTP/1.1 ')) {
      const question = asked.get(connection);
      if (question && question.times.length > 0 && text.startsWith('HTTP/1.1 200')) found.push({ ...question, answered: begun });
      asked.delete(connection);
    }
  }
  return found;
}

/** MQTT: messages that the broker sent with quality of service 1 and `"at":ms` in them, and the PUBACK of each. */
export function mqttAcknowledgements(events: readonly TraceEvent[], brokerPort: number): Acknowledgement[] {
  const found: Acknowledgement[] = [];
  const waiting = new Map<string, { times: number[]; received: number }>();
  const streams = new Map<string, Buffer>();
  for (const { kind, connection, bytes, begun, ended } of events) {
    if (!connection.endsWith(`:${brokerPort}`)) continue;
    const stream = `${kind} ${connection}`;
    let rest = Buffer.concat([streams.get(stream) ?? Buffer.alloc(0), bytes]);
    for (let packet = takePacket(rest); packet; packet = takePacket(rest)) {
      rest = packet.rest;
      const { type, body } = packet;
      if (kind === 'received' && type === 3 && packet.qos === 1) {
        const id = body.readUInt16BE(2 + body.readUInt16BE(0));
        const times = [...body.toString('latin1').matchAll(/"at":(\d{13})\b/g)].map(([, time]) => Number(time));
        waiting.set(`${connection} ${id}`, { times, received: ended });
      }
      if (kind !== 'sent' || type !== 4) continue;
      const key = `${connection} ${body.readUInt16BE(0)}`;
      const message = waiting.get(key);
      if (message) found.push({ ...message, answered: begun });
      waiting.delete(key);
    }
    streams.set(stream, rest);
  }
  return found;
}

/** The next whole packet of MQTT; null when more has to come. */
function takePacket(bytes: Buffer): { type: number; qos: number; body: Buffer; rest: Buffer<ArrayBuffer> } | null {
  let length = 0;
  let at = 1;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    if (byte === undefined) return null;
    length += (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  if (bytes.length < at + length) return null;
  const head = bytes[0] as number;
  return { type: head >> 4, qos: (head >> 1) & 3, body: bytes.subarray(at, at + length), rest: Buffer.from(bytes.subarray(at + length)) };
}
