import { beforeEach, describe, expect, test } from 'vitest';
import { useChoices } from '../../../client/live/choices.ts';
import { litBy } from '../../../client/live/isolate.ts';
import { keptChoices } from '../../../client/live/kept-choices.ts';
import { sampleView } from '../sample-view.ts';

const park = sampleView();
/** Without the boiler and the lines to it. */
const next = {
  ...park,
  metadata: { ...park.metadata, revision: 'second' },
  assets: park.assets.filter(({ id }) => id !== 'boiler'),
  lines: park.lines.filter(({ id }) => !id.includes('boiler')),
};
const keep = () => useChoices.setState(keptChoices(next, useChoices.getState()));

describe('when the park becomes another version of itself, the person', () => {
  beforeEach(() => useChoices.setState({ ...useChoices.getInitialState(), park }, true));

  test('keeps the selection, what is followed, camera, sheet, moment and view', () => {
    const camera = { kind: 'orbit', east: 1, north: 2, up: 0, bearing_deg: 90, down_deg: 30, distance_m: 200 } as const;
    const flight = { to: 'office', at: 1 };
    const chosen = { selected: 'hall', follow: 'up', camera, flight, sheet: 'balance', moment: 7, plan: true, table: true } as const;
    useChoices.setState({ ...chosen, metric: 'power' });
    keep();
    expect(useChoices.getState()).toMatchObject({ ...chosen, metric: 'power', park: next });
    // The same object: the camera flies only when asked anew.
    expect(useChoices.getState().flight).toBe(flight);
  });

  test.each(['boiler', 'g-boiler'])('lets go of %s, which is gone', (id) => {
    useChoices.setState({ selected: id, hovered: id, follow: 'up', sheet: 'about' });
    keep();
    expect(useChoices.getState()).toMatchObject({ selected: null, hovered: null, follow: null, sheet: 'about' });
  });

  test('keeps a group that is still there, with the assets it has now, and lets go of one that is not', () => {
    const heat = { by: 'carrier', value: 'heat' } as const;
    useChoices.setState({ only: heat, lit: litBy(park, heat) });
    keep();
    expect(useChoices.getState().only).toEqual(heat);
    expect(useChoices.getState().lit).toEqual(litBy(next, heat));
    expect(useChoices.getState().lit?.has('boiler')).toBe(false);
    const boilers = { by: 'kind', value: 'boiler' } as const;
    useChoices.setState({ only: boilers, lit: litBy(park, boilers) });
    keep();
    expect(useChoices.getState()).toMatchObject({ only: null, lit: null });
  });
});
