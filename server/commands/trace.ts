/** `npm run twin -- trace <network.json>`: reads a network, prints its trace (models/carbon/trace.ts). */
import { z } from 'zod';
import type { Network } from '../../models/carbon/network.ts';
import { NetworkError, trace } from '../../models/carbon/trace.ts';

const id = z.string().min(1);
const kW = z.number();

export const networkSchema = z.object({
  losses: z.enum(['toLoad', 'separate']),
  nodes: z.array(id),
  sources: z.array(z.object({ id, node: id, power_kW: kW, intensity_gPerKwh: z.number().nullable() })),
  lines: z.array(z.object({ id, from: id, to: id, sent_kW: kW, received_kW: kW })),
  converters: z
    .array(
      z.object({
        id,
        inputs: z.array(z.object({ node: id, power_kW: kW })),
        outputs: z.array(z.object({ node: id, power_kW: kW, allocation: z.number() })),
      }),
    )
    .default([]),
  loads: z.array(z.object({ id, node: id, power_kW: kW })),
});

export interface Outcome {
  /** For standard output. */
  output?: string;
  /** For standard error. */
  error?: string;
  exit: 0 | 1;
}

/** At most this many errors are listed. */
const most = 10;

/** Takes the text of the file. Exit 1 with the place and the reason where the network is invalid or does not balance. */
export function traceCommand(text: string): Outcome {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { error: `not JSON: ${error instanceof Error ? error.message : error}`, exit: 1 };
  }
  const parsed = networkSchema.safeParse(json);
  if (!parsed.success) return { error: complaints(parsed.error.issues, json), exit: 1 };
  const network: Network = parsed.data;
  try {
    return { output: `${JSON.stringify(trace(network), null, 2)}\n`, exit: 0 };
  } catch (error) {
    if (error instanceof NetworkError) return { error: error.message, exit: 1 };
    throw error;
  }
}

function complaints(issues: readonly z.core.$ZodIssue[], json: unknown): string {
  const lines = issues.slice(0, most).map((issue) => `${placeOf(issue.path, json)}: ${issue.message}`);
  if (issues.length > most) lines.push(`… and ${issues.length - most} more`);
  return lines.join('\n');
}

/** Place of an error with the element's name, such as `loads[2] "office".power_kW`. */
function placeOf(path: readonly PropertyKey[], json: unknown): string {
  let text = '';
  let value: unknown = json;
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
    text += typeof key === 'number' ? `[${key}]` : `${text === '' ? '' : '.'}${String(key)}`;
    const name = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined;
    if (typeof key === 'number' && typeof name === 'string') text += ` "${name}"`;
  }
  return text === '' ? 'network' : text;
}
