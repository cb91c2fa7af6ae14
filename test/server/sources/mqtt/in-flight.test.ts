import { describe, expect, it } from 'vitest';
import { makeInFlight } from '../../../../server/sources/mqtt/in-flight.ts';

/** A disk that finishes when told, and a connection that hands over the next message when it may. */
function bench(most = 3) {
  const commits: { batch: readonly number[]; done(): void; fail(): void }[] = [];
  const acknowledged: number[] = [];
  let failures = 0;
  const inFlight = makeInFlight<number>({
    most,
    commit: (batch) => new Promise((resolve, reject) => commits.push({ batch, done: resolve, fail: () => reject(new Error('full')) })),
    acknowledge: (batch) => void acknowledged.push(...batch),
    failed: () => failures++,
    pause_ms: 1,
  });
  let sent = 0;
  const send = (until: number) => {
    if (sent < until) inFlight.take(sent++, () => send(until));
  };
  return { inFlight, commits, acknowledged, send, sent: () => sent, failures: () => failures };
}

describe('messages of a connection', () => {
  it('are committed at once when idle, and what arrives meanwhile together', async () => {
    const { commits, send, acknowledged } = bench(10);
    send(4);
    expect(commits.map(({ batch }) => batch)).toEqual([[0]]);
    expect(acknowledged).toEqual([]);
    commits[0]?.done();
    await expect.poll(() => commits.map(({ batch }) => batch)).toEqual([[0], [1, 2, 3]]);
    expect(acknowledged).toEqual([0]);
    commits[1]?.done();
    await expect.poll(() => acknowledged).toEqual([0, 1, 2, 3]);
  });

  it('are not asked for beyond what may be in flight', async () => {
    const { commits, send, sent, acknowledged } = bench(3);
    send(100);
    expect(sent()).toBe(3);
    commits[0]?.done();
    await expect.poll(sent).toBe(4);
    for (let i = 1; acknowledged.length < 100; i++) {
      await expect.poll(() => commits.length).toBeGreaterThan(i);
      commits[i]?.done();
      await Promise.resolve();
    }
    expect(acknowledged).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('are tried again when the disk fails, and not acknowledged before', async () => {
    const { commits, send, acknowledged, failures } = bench();
    send(1);
    commits[0]?.fail();
    await expect.poll(() => commits.length).toBe(2);
    expect([acknowledged, failures()]).toEqual([[], 1]);
    commits[1]?.done();
    await expect.poll(() => acknowledged).toEqual([0]);
  });

  it('of a connection that is gone are never acknowledged', async () => {
    const { inFlight, commits, send, acknowledged } = bench();
    send(3);
    inFlight.close();
    commits[0]?.done();
    await inFlight.finish();
    send(5);
    expect([commits.length, acknowledged]).toEqual([1, []]);
  });

  it('that were taken are finished at the end, and later ones left for another time', async () => {
    const { inFlight, commits, send, sent, acknowledged } = bench();
    send(2);
    const finished = inFlight.finish();
    send(10);
    expect(sent()).toBe(10);
    commits[0]?.done();
    await expect.poll(() => commits.length).toBe(2);
    commits[1]?.done();
    await finished;
    expect(acknowledged).toEqual([0, 1]);
  });
});
