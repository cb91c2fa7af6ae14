/** Reads readings from the JSON body of a request, or refuses it and names the first wrong one. */
import type { z } from 'zod';
import { postReadings } from '../../../models/api/readings.ts';
import { Refusal } from '../../../models/telemetry/admission.ts';
import type { Reading } from '../../../models/telemetry/reading.ts';
import { readTime } from '../../../models/time/read-time.ts';
import { parseStrictJson } from '../strict-json.ts';
import { readPlain } from './plain-readings.ts';

/** The body is no list of readings. */
export class BodyFault extends Error {
  override name = 'BodyFault';
  constructor(
    readonly code: 'badJson' | 'badBody',
    message: string,
  ) {
    super(message);
  }
}

/** The body's readings, or a refusal that names the first wrong one. */
export function readBody(body: unknown): Reading[] {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (bytes.length === 0) throw new BodyFault('badJson', 'the body is empty: it needs {"readings": […]}');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BodyFault('badJson', 'the body is not UTF-8');
  }
  return readPlain(text) ?? readStrictly(text);
}

/** Reads any JSON, not only the plain form. Throws JsonFault, a Refusal or a BodyFault that says what is wrong. */
export function readStrictly(text: string): Reading[] {
  const parsed = postReadings.body.safeParse(parseStrictJson(text));
  if (!parsed.success) throw fault(parsed.error);
  return parsed.data.readings.map(({ point, time, value, quality = 'good' }, index) => {
    if (typeof time === 'number') return { point, time, value, quality };
    const read = readTime(time);
    if (typeof read === 'string') throw new Refusal(index, read);
    return { point, time: read.time, value, quality: read.leap && quality === 'good' ? 'uncertain' : quality };
  });
}

function fault(error: z.ZodError): Error {
  const [issue] = error.issues;
  const path = issue?.path ?? [];
  const message = issue?.message ?? 'cannot be read';
  const [list, index, ...field] = path;
  if (list === 'readings' && typeof index === 'number') {
    return new Refusal(index, `${field.length > 0 ? `${field.join('.')}: ` : ''}${message}`);
  }
  return new BodyFault('badBody', `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`);
}
