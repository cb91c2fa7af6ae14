/** The real server with the sample park, a temporary store and a clock that tests move. */
import type { Park } from '../../models/park/park.ts';
import { samplePark } from '../sample-park.ts';
import { type ServerOptions, type Started, startServer } from './park-server.ts';

export { type HandClock, handClock, noon, postReadings, token } from './park-server.ts';
export type Sample = Started;

export interface SampleOptions extends ServerOptions {
  park?: Park;
}

/** Ticks only when told to. */
export function quietPark(): Park {
  return { ...samplePark(), tick_s: 3600 };
}

export function startSample({ park, ...options }: SampleOptions = {}): Promise<Sample> {
  return startServer(park ?? quietPark(), options);
}
