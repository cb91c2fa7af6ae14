import { expect, test } from 'vitest';
import { stackOrder } from '../../../../client/panels/timeline/track-data.ts';
import { sourceKinds } from '../../../../models/energy-sources.ts';

test('the timeline stacks every kind of source, each once: a new one cannot be left out of the sum', () => {
  expect(stackOrder.toSorted()).toEqual(sourceKinds.toSorted());
});
