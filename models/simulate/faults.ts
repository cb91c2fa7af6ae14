/**
 * Faults of simulated meters as data: given by the park (`simulation.faults`), else drawn at random for each day, so
 * that every state of quality occurs within a day.
 */
import { z } from 'zod';
import type { Compiled } from '../carbon/step.ts';
import type { Point } from '../park/park.ts';
import { hash } from './noise.ts';

/**
 * silent: no readings · stuck: repeats one value · lying: plausible values, 50 % too high, that contradict other meters ·
 * outside: values beyond the point's range · empty: readings without a value · doubtful: readings marked uncertain
 */
export const faultKinds = ['silent', 'stuck', 'lying', 'outside', 'empty', 'doubtful'] as const;
export type FaultKind = (typeof faultKinds)[number];

export const faultSchema = z.strictObject({
  point: z.string(),
  kind: z.enum(faultKinds),
  /** Local hours of every day, 0…24; from later than to runs over midnight. */
  from_h: z.number().min(0).max(24),
  to_h: z.number().min(0).max(24),
});
export type Fault = z.infer<typeof faultSchema>;

/** Faults drawn each day: begin from `from_h` to `from_h` + `spread_h`, last `hours`. Few moments are without an active one. */
const habits: readonly { kind: FaultKind; from_h: number; spread_h: number; hours: number }[] = [
  { kind: 'silent', from_h: 0, spread_h: 2, hours: 7 },
  { kind: 'silent', from_h: 9, spread_h: 2, hours: 5 },
  { kind: 'silent', from_h: 15, spread_h: 2, hours: 6 },
  { kind: 'silent', from_h: 7, spread_h: 12, hours: 1.5 },
  { kind: 'stuck', from_h: 8, spread_h: 4, hours: 4 },
  { kind: 'stuck', from_h: 17, spread_h: 2, hours: 3 },
  { kind: 'lying', from_h: 10, spread_h: 6, hours: 2 },
  { kind: 'outside', from_h: 6, spread_h: 12, hours: 1 },
  { kind: 'empty', from_h: 12, spread_h: 8, hours: 1 },
  { kind: 'doubtful', from_h: 5, spread_h: 14, hours: 3 },
];

/** Faults of a local day, only at meters of end uses that are not used for billing. */
export function drawnFaults(compiled: Compiled, seed: number, day: number): Fault[] {
  const roleOf = (p: Point) => compiled.ports[compiled.portIndex.get(`${p.asset}/${p.port}`) ?? -1]?.role;
  const simulated = compiled.park.points.filter((p) => p.source.type === 'simulator' && p.quantity === 'power' && !p.fiscal);
  const candidates = simulated.filter((p) => roleOf(p) === 'load');
  // A repeated value is only noticed where readings are frequent.
  const lively = candidates.filter(
    (p) => (p.measure === 'instant' || p.measure === 'mean') && p.cadence_s <= 300 && p.negativePort === undefined,
  );
  const taken = new Set<string>();
  const faults: Fault[] = [];
  for (const [h, { kind, from_h, spread_h, hours }] of habits.entries()) {
    const among = (kind === 'silent' ? candidates : lively).filter((p) => !taken.has(p.id));
    const chosen = among[Math.floor(hash(seed, day, 2 * h) * among.length)];
    // A park with few points has not enough of them for every fault.
    if (chosen === undefined || taken.size >= Math.max(1, candidates.length / 6)) continue;
    taken.add(chosen.id);
    const start = from_h + spread_h * hash(seed, day, 2 * h + 1);
    faults.push({ point: chosen.id, kind, from_h: start, to_h: Math.min(24, start + hours) });
  }
  return faults;
}

/** Whether the fault is active at a local hour. */
export function holds({ from_h, to_h }: Fault, hour: number): boolean {
  return from_h <= to_h ? hour >= from_h && hour < to_h : hour >= from_h || hour < to_h;
}
