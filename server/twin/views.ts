/** What each audience sees of the live park: its own slots, filled once per tick and encoded once for all its viewers. */

import type { Audience } from '../../models/access/permissions.ts';
import type { Compiled } from '../../models/carbon/step.ts';
import type { LiveStep } from '../../models/telemetry/state.ts';
import { changedSlots, encodeUpdate } from '../../models/wire/codec.ts';
import { fillSlots } from '../../models/wire/fill-slots.ts';
import { type Layout, layoutOf } from '../../models/wire/layout.ts';

export interface View {
  layout: Layout;
  values: Float32Array;
  /** The latest update's bytes. */
  update: Uint8Array<ArrayBuffer> | null;
}

export interface Moment {
  live: LiveStep;
  epoch: number;
  seq: number;
  time: number;
  base: number;
}

export interface Views {
  /** The view of an audience: made at the first call, then kept up to date. */
  of(audience: Audience, moment: Moment): View;
  /** Fills every view with the new moment and encodes what changed. */
  advance(moment: Moment): void;
}

export function makeViews(compiled: Compiled): Views {
  const views = new Map<Audience, View>();
  const fresh = (layout: Layout, { live, base }: Moment) => {
    const values = new Float32Array(layout.size).fill(Number.NaN);
    fillSlots(layout, compiled, live, base, values);
    return values;
  };
  return {
    of: (audience, moment) => {
      let view = views.get(audience);
      if (!view) {
        const layout = layoutOf(compiled.park, audience);
        view = { layout, values: fresh(layout, moment), update: null };
        views.set(audience, view);
      }
      return view;
    },
    advance: (moment) => {
      for (const view of views.values()) {
        const values = fresh(view.layout, moment);
        const { epoch, seq, time } = moment;
        view.update = encodeUpdate({ epoch, seq, time, ...changedSlots(view.values, values) });
        view.values = values;
      }
    },
  };
}
