import type { Park } from './park.ts';

/** How the park's time and values come about; said in the header. */
export const modes = ['live', 'simulated', 'replayed'] as const;
export type Mode = (typeof modes)[number];

export function modeOf(park: Pick<Park, 'replay' | 'points'>): Mode {
  if (park.replay || park.points.some((point) => point.source.type === 'csv')) return 'replayed';
  return park.points.some((point) => point.source.type === 'simulator') ? 'simulated' : 'live';
}
