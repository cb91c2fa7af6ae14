import { focusManager, onlineManager, QueryObserver } from '@tanstack/query-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backOff_s, patient, queries, question } from '../../../client/live/queries.ts';

let answers = 0;
let status = 200;
beforeEach(() => {
  vi.useFakeTimers();
  [answers, status] = [0, 200];
  vi.stubGlobal('fetch', async () => {
    answers++;
    return status === 200 ? Response.json({ parks: [] }) : Response.json({ error: 'x', message: 'x' }, { status });
  });
  queries.mount();
});
afterEach(() => {
  focusManager.setFocused(undefined);
  onlineManager.setOnline(true);
  queries.unmount();
  queries.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const asked = question('GET /parks', {});
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

test('waits longer between tries, at most half a minute', () => {
  expect([0, 1, 2, 3, 4, 9].map(backOff_s)).toEqual([2, 4, 8, 16, 30, 30]);
});

test('a page that needs an answer asks until it has one, but not for what there is not', async () => {
  status = 503;
  const observer = new QueryObserver(queries, { ...asked, ...patient });
  const stop = observer.subscribe(() => {});
  await settle();
  expect([answers, observer.getCurrentResult().failureReason]).toEqual([1, expect.objectContaining({ trouble: 'server' })]);
  await settle(2000);
  await settle(4000);
  expect(answers).toBe(3);
  status = 404;
  await settle(8000);
  await settle(60_000);
  expect([answers, observer.getCurrentResult().status]).toEqual([4, 'error']);
  stop();
});

test('a page that was opened behind others has its answer when it comes to the front', async () => {
  focusManager.setFocused(false);
  status = 503;
  const observer = new QueryObserver(queries, { ...asked, ...patient });
  const stop = observer.subscribe(() => {});
  await settle(60_000);
  status = 200;
  focusManager.setFocused(true);
  await settle(60_000);
  expect(observer.getCurrentResult().data).toEqual({ parks: [] });
  stop();
});

test('a line that comes back asks again for what is looked at', async () => {
  const observer = new QueryObserver(queries, asked);
  const stop = observer.subscribe(() => {});
  await settle();
  onlineManager.setOnline(false);
  onlineManager.setOnline(true);
  await settle();
  expect(answers).toBe(2);
  stop();
});
