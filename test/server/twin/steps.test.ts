import { afterEach, describe, expect, it } from 'vitest';
import type { ToldStep } from '../../../server/twin/steps.ts';
import { handClock, noon, type Sample, startSample } from '../sample-server.ts';

let sample: Sample;
afterEach(() => sample.close());

const minute = 60_000;
const clock = () => handClock(noon);

describe('who listens to a twin', () => {
  it('hears of each step, in the order of listening, when the views are filled already', async () => {
    const time = clock();
    sample = await startSample({ clock: time });
    const { twin } = sample;
    const heard: string[] = [];
    const steps: ToldStep[] = [];
    twin.onStep((step) => {
      heard.push('first');
      steps.push(step);
      expect(twin.document('full')).toMatchObject({ seq: step.seq, time: step.time });
    });
    twin.onStep(() => heard.push('second'));
    await twin.accept([{ point: 'hall.power', time: noon, value: 700, quality: 'good' }], 'test');
    time.advance(minute);
    await twin.tick();
    await twin.tick();
    expect(heard).toEqual(['first', 'second', 'first', 'second']);
    expect(steps.map(({ seq, begins }) => [seq, begins])).toEqual([
      [1, false],
      [2, false],
    ]);
    const [step] = steps as [ToldStep];
    expect(step).toMatchObject({ epoch: twin.epoch, time: noon + minute, base: noon });
    expect(step.live.pointValues.value).toContain(700);
  });

  it('hears nothing more once it has stopped, and stops nobody else', async () => {
    sample = await startSample({ clock: clock() });
    const { twin } = sample;
    let [one, other] = [0, 0];
    const count = () => other++;
    const stop = twin.onStep(() => one++);
    const stopTwice = twin.onStep(count);
    twin.onStep(count);
    await twin.tick();
    stop();
    stopTwice();
    stopTwice();
    await twin.tick();
    expect([one, other]).toEqual([1, 3]);
  });

  it('may fail without hindering another, or the tick; the log says so', async () => {
    sample = await startSample({ clock: clock() });
    const { twin, log } = sample;
    let heard = 0;
    twin.onStep(() => {
      throw new Error('a broken listener');
    });
    twin.onStep(() => heard++);
    await twin.tick();
    expect(heard).toBe(1);
    expect(twin.snapshot('full').seq).toBe(1);
    expect(log.filter((line) => line.includes('a broken listener'))).toHaveLength(1);
  });

  it('is told that an epoch begins, with the first step of it', async () => {
    const time = clock();
    sample = await startSample({ clock: time });
    const { twin } = sample;
    const before = twin.epoch;
    const steps: ToldStep[] = [];
    twin.onStep((step) => steps.push(step));
    // A float32 would not hold the seconds of a longer one.
    time.advance(61 * 86_400_000);
    await twin.tick();
    expect(steps.map(({ begins, seq }) => [begins, seq])).toEqual([[true, 0]]);
    expect(steps[0]?.epoch).toBeGreaterThan(before);
    expect(steps[0]?.base).toBe(noon + 61 * 86_400_000);
  });
});
