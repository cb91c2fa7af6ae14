/** The sample park as the client gets it. */

import type { Audience } from '../../models/access/permissions.ts';
import { type ParkView, toDocument, viewOf } from '../../models/api/park-view.ts';
import type { Snapshot } from '../../models/wire/codec.ts';
import { type Layout, layoutOf } from '../../models/wire/layout.ts';
import { samplePark } from '../sample-park.ts';

export function sampleView(audience: Audience = 'full'): ParkView {
  return viewOf(JSON.parse(JSON.stringify(toDocument(samplePark(), { mode: 'simulated', audience, warnings: [], revision: 'first' }))));
}

export function sampleLayout(view: ParkView, audience: Audience = 'full'): Layout {
  return layoutOf({ ...view }, audience);
}

export function snapshotOf(view: ParkView, values: Float32Array, more: Partial<Snapshot> = {}): Snapshot {
  return {
    park: view.metadata.id,
    revision: view.metadata.revision,
    audience: 'full',
    epoch: 1,
    seq: 0,
    time: 1_000_000,
    base: 900_000,
    mode: 'simulated',
    speed: 1,
    preliminary: true,
    values: new Uint8Array(values.slice().buffer),
    ...more,
  };
}
