/** Cars at charging posts: seeded sessions by day, as a profile by minute. */

import { f32 } from '../typed-arrays.ts';
import { hash } from './noise.ts';
import { dayKind, type WorkingDays } from './working-days.ts';

export interface Charger {
  seed: number;
  posts: number;
  perPost_kW: number;
}

const minutes = 1440;

/**
 * kW by minute of a local day. Each post has up to three sessions: commuters in the morning, others after noon and in
 * the evening, fewer on days of rest; 1–4 h each, tapering over the last quarter.
 */
export function chargingProfile({ seed, posts, perPost_kW }: Charger, workingDays: WorkingDays, day: number): Float32Array {
  const profile = new Float32Array(minutes);
  const busy = dayKind(workingDays, day) === 'work' ? 1 : 0.45;
  const starts = [7.6, 13, 18];
  const chances = [0.8, 0.5, 0.35];
  for (let post = 0; post < posts; post++) {
    for (const [s, from] of starts.entries()) {
      const draw = (stream: number) => hash(seed, day * 1024 + post, 8 * s + stream);
      if (draw(0) > (chances[s] as number) * busy) continue;
      const start = Math.round(60 * (from + 2.4 * draw(1)));
      const length = Math.round(60 * (1 + 2.6 * draw(2)));
      const power = perPost_kW * (0.55 + 0.45 * draw(3));
      for (let m = start; m < Math.min(minutes, start + length); m++) {
        const left = (start + length - m) / length;
        profile[m] = f32(profile, m) + power * Math.min(1, 0.15 + 3.4 * left);
      }
    }
  }
  return profile;
}
