/** Reads MQTT messages into readings, as the points of a park are bound to them. */

import type { Point } from '../../../models/park/park.ts';
import { followPointer, pointerSteps } from '../../../models/park/sources/json-pointer.ts';
import type { MqttSource } from '../../../models/park/sources/mqtt.ts';
import { hasWildcard, topicMatcher } from '../../../models/park/sources/mqtt-topic.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { isMoment, type ReadTime, readTime, timeReader } from '../../../models/time/read-time.ts';
import { JsonFault, parseStrictJson } from '../strict-json.ts';

/** A device's message is some kB; brokers take up to 256 MB. */
export const mostBytes = 1_000_000;
const mostReadings = 50_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The message as a whole is refused. */
export class MessageFault extends Error {
  override name = 'MessageFault';
}

export interface DeviceMessage {
  topic: string;
  payload: Uint8Array;
  /** Park time, ms since 1970. */
  arrived: number;
  /** The broker has kept the message for an unknown time. */
  retained: boolean;
}

type Steps = readonly string[];
type TimeOf = (row: unknown, message: unknown) => ReadTime;

interface Bound {
  point: string;
  array: Steps | null;
  where: [Steps, unknown][];
  value: { steps: Steps; place: string };
  timeOf: TimeOf | null;
}

export type MqttPoint = Point & { source: MqttSource };

export function isMqtt(point: Point): point is MqttPoint {
  return point.source.type === 'mqtt';
}

/** Throws MessageFault. Nothing of a message is taken when one value or time of it is wrong. */
export type MessageReader = (message: DeviceMessage) => Reading[];

export function messageReader(points: readonly MqttPoint[]): MessageReader {
  const exact = new Map<string, Bound[]>();
  const wild: { means(topic: string): boolean; bound: Bound }[] = [];
  for (const { id, source } of points) {
    const bound = bindPoint(id, source);
    if (hasWildcard(source.topic)) wild.push({ means: topicMatcher(source.topic), bound });
    else exact.set(source.topic, [...(exact.get(source.topic) ?? []), bound]);
  }
  const boundTo = (topic: string): Bound[] => {
    const named = exact.get(topic) ?? [];
    return wild.length === 0 ? named : [...named, ...wild.filter(({ means }) => means(topic)).map(({ bound }) => bound)];
  };
  const dated = arrivals();
  return (message) => {
    const bound = boundTo(message.topic);
    if (bound.length === 0) throw new MessageFault('no point is bound to this topic');
    const value = parse(message.payload);
    const readings: Reading[] = [];
    for (const one of bound) readPoint(one, value, message, dated, readings);
    if (readings.length === 0) throw new MessageFault('none of the values that points are bound to is in it');
    return readings;
  };
}

/** Gives two messages of a point within a millisecond different times. Starts again if the clock was put back by a second. */
function arrivals(): (point: string, arrived: number) => number {
  const last = new Map<string, number>();
  return (point, arrived) => {
    const before = last.get(point);
    const time = before !== undefined && before >= arrived && before < arrived + 1000 ? before + 1 : arrived;
    last.set(point, time);
    return time;
  };
}

function readPoint(
  { point, array, where, value, timeOf }: Bound,
  content: unknown,
  { arrived, retained }: DeviceMessage,
  dated: (point: string, arrived: number) => number,
  into: Reading[],
): void {
  for (const row of rowsOf(array, content)) {
    if (!where.every(([steps, wanted]) => followPointer(row, steps) === wanted)) continue;
    const found = followPointer(row, value.steps);
    if (found === undefined) continue;
    if (into.length >= mostReadings) throw new MessageFault(`more than ${mostReadings} readings in one message`);
    if (timeOf === null && retained)
      throw new MessageFault('retained by the broker, without a time of its own: nobody knows how old it is');
    const { time, leap } = timeOf === null ? { time: dated(point, arrived), leap: false } : timeOf(row, content);
    into.push({ point, time, ...numberAt(found, value.place, leap) });
  }
}

/** A message without the array has no rows. */
function rowsOf(array: Steps | null, value: unknown): readonly unknown[] {
  if (array === null) return [value];
  const rows = followPointer(value, array);
  if (rows === undefined) return [];
  if (!Array.isArray(rows)) throw new MessageFault(`what is at "/${array.join('/')}" is no array`);
  return rows;
}

/** −0 becomes 0. */
function numberAt(found: unknown, place: string, leap: boolean): Pick<Reading, 'value' | 'quality'> {
  if (found === null) return { value: null, quality: 'bad' };
  if (typeof found !== 'number') throw new MessageFault(`${place} is ${inWords(found)}, not a number`);
  return { value: found + 0, quality: leap ? 'uncertain' : 'good' };
}

function bindPoint(point: string, { pointer, array, where = {}, time }: MqttSource): Bound {
  return {
    point,
    array: array === undefined ? null : pointerSteps(array),
    where: Object.entries(where).map(([at, wanted]) => [pointerSteps(at), wanted]),
    value: { steps: pointerSteps(pointer), place: pointer === '' ? 'the message' : `what is at "${pointer}"` },
    timeOf: time === undefined ? null : timeOf(time),
  };
}

function timeOf({ pointer, format, timeZone }: NonNullable<MqttSource['time']>): TimeOf {
  const steps = pointerSteps(pointer);
  const read = format === 'local' ? timeReader(timeZone) : readTime;
  return (row, message) => {
    const found = followPointer(row, steps) ?? followPointer(message, steps);
    if (found === undefined || found === null) throw new MessageFault(`there is no time at "${pointer}"`);
    if (format === 'unixSeconds' || format === 'unixMillis') {
      if (typeof found !== 'number') throw new MessageFault(`the time at "${pointer}" is ${inWords(found)}, not a number`);
      const time = Math.round(format === 'unixSeconds' ? found * 1000 : found);
      if (!isMoment(time)) throw new MessageFault(`the time at "${pointer}" is no time`);
      return { time, leap: false };
    }
    const time = typeof found === 'string' ? read(found) : `the time at "${pointer}" is ${inWords(found)}, not text`;
    if (typeof time === 'string') throw new MessageFault(time);
    return time;
  };
}

function inWords(value: unknown): string {
  if (typeof value === 'string') return `the text "${value.slice(0, 40)}"`;
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : String(value);
}

function parse(payload: Uint8Array): unknown {
  if (payload.length === 0) throw new MessageFault('the message is empty');
  if (payload.length > mostBytes) throw new MessageFault(`more than ${mostBytes} bytes`);
  let text: string;
  try {
    text = utf8.decode(payload);
  } catch {
    throw new MessageFault('the message is not UTF-8');
  }
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof JsonFault) throw new MessageFault(error.message);
    throw error;
  }
}
