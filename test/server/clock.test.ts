import { describe, expect, it } from 'vitest';
import { runClock, wallClock } from '../../server/clock.ts';

describe('the clock of a park', () => {
  it('is the wall', () => {
    expect(Math.abs(wallClock().now() - Date.now())).toBeLessThan(1000);
    expect(wallClock()).toMatchObject({ wall: true, speed: 1 });
  });

  it('of a run stands until it is started, then goes at its speed', () => {
    let elapsed = 5000;
    const clock = runClock(1_000_000, 900, () => elapsed);
    elapsed += 10_000;
    expect(clock.now()).toBe(1_000_000);
    clock.restart(1_000_000);
    elapsed += 1000;
    expect(clock.now()).toBe(1_900_000);
    clock.restart(0);
    expect(clock.now()).toBe(0);
  });
});
