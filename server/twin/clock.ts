/** The park's clock: the wall clock, or a clock that begins at a given time and runs at a given speed. */

export interface Clock {
  /** The park's time, ms since 1970. */
  now(): number;
  /** Park seconds per real second. */
  speed: number;
  /** True when the park's time is the wall clock's: only then is there an earlier history to continue. */
  wall: boolean;
  /** Continues from a time: at the start, and when a replay begins again. The wall clock cannot be set. */
  restart(at: number): void;
}

export function wallClock(): Clock {
  return {
    now: () => Date.now(),
    speed: 1,
    wall: true,
    restart: () => {},
  };
}

/**
 * Stands at `at` until `restart`, then runs on the monotonic clock: a correction of the computer's time does not move
 * it. `elapsed` is in ms.
 */
export function runClock(at: number, speed: number, elapsed: () => number = () => performance.now()): Clock {
  let start = at;
  let since: number | null = null;
  return {
    now: () => (since === null ? start : Math.floor(start + (elapsed() - since) * speed)),
    speed,
    wall: false,
    restart: (to) => {
      start = to;
      since = elapsed();
    },
  };
}
