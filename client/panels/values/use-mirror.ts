/**
 * Numbers of the mirror in React: a component renders again only when the one primitive it reads has changed.
 */
import { useSyncExternalStore } from 'react';
import { type Permission, sees } from '../../../models/access/permissions.ts';
import { type Metric, useChoices } from '../../live/choices.ts';
import { type MetricView, metricOf } from '../../live/metric.ts';
import { mirror, subscribe, valueAt } from '../../live/mirror.ts';

type Primitive = string | number | boolean | null;

/** `read` must be cheap and return a primitive: it runs after every update. */
export function useMirror<T extends Primitive>(read: () => T): T {
  return useSyncExternalStore(subscribe, read);
}

/** The slot's value; NaN while it is unknown. */
export function useSlot(slot: number | undefined): number {
  return useMirror(() => valueAt(slot));
}

/** The value rounded to `step`, so that a change too small to see does not render. */
export function useRounded(slot: number | undefined, step: number): number {
  return useMirror(() => Math.round(valueAt(slot) / step) * step);
}

/** Whether the server's view is known to lack what needs the permission; false before the first snapshot. */
export function useHidden(needs: Permission): boolean {
  return useMirror(() => mirror.layout !== null && !sees(mirror.layout.audience, needs));
}

const made = new Map<Metric, { changes: number; view: MetricView }>();
/** The metric as it is now, computed once per change for all callers; null before the first snapshot. */
export function metricNow(metric: Metric = useChoices.getState().metric): MetricView | null {
  const { layout, layoutPark, changes } = mirror;
  if (!layout || !layoutPark) return null;
  const known = made.get(metric);
  if (known?.changes === changes) return known.view;
  const view = metricOf(layoutPark, layout, metric);
  made.set(metric, { changes, view });
  return view;
}
