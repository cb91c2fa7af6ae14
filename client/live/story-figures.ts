/** Values of the figures of a story at the moment on the screen: read from the slots, never from the text. */

import type { ParkView } from '../../models/api/park-view.ts';
import type { SourceKind } from '../../models/energy-sources.ts';
import type { StoryFigure } from '../../models/park/park.ts';
import { lookedAt, rated } from '../../models/park/stories.ts';
import { type MarkSet, outside } from '../../models/telemetry/marks.ts';
import type { PortId } from '../../models/units.ts';
import type { Layout } from '../../models/wire/layout.ts';
import { marksAt } from './marks-now.ts';
import { mixOf } from './mix.ts';

export interface Resolved {
  /** NaN: unknown, or kept from this audience. */
  value: number;
  unit: 'kW' | 'share' | 'gCO2e/kWh';
  /** False for a figure that does not depend on the moment (a rated capacity). */
  ofMoment: boolean;
  /** Assets that the figure is about. */
  assets: string[];
  /** The marks of these assets, together. */
  marks: MarkSet;
}

export function resolveFigure(figure: StoryFigure, park: Pick<ParkView, 'assets'>, layout: Layout, values: Float32Array): Resolved {
  const at = (slot: number | undefined) => (slot === undefined || slot < 0 ? Number.NaN : (values[slot] ?? Number.NaN));
  const power = (asset: string, port: PortId) => at(layout.assets.get(asset)?.ports[port]?.power);
  const assets = [...new Set(lookedAt(figure).map(({ asset }) => asset))];
  const marks = assets.map((id) => marksAt(layout, id, values)).reduce((all, set) => (set === outside ? all : all | set), 0);
  const now = { ofMoment: true, assets, marks };
  if ('power' in figure) return { ...now, unit: 'kW', value: power(figure.asset, figure.power) };
  if ('intensity' in figure) return { ...now, unit: 'gCO2e/kWh', value: at(layout.assets.get(figure.intensity)?.intensity) };
  if ('capacity' in figure) {
    const value = rated(park.assets, figure).reduce((sum, { capacity_kW }) => sum + (capacity_kW ?? 0), 0);
    return { ...now, ofMoment: false, unit: 'kW', value: value > 0 ? value : Number.NaN };
  }
  if ('source' in figure) return { ...now, unit: 'share', value: sourceShare(figure, layout, values) };
  if ('share' in figure)
    return { ...now, unit: 'share', value: ratio(power(figure.share, `${figure.of}.in`), at(layout.totals.consumption_kW)) };
  const [first, second] = figure.ratio;
  return { ...now, unit: 'share', value: ratio(power(figure.asset, first), power(figure.to ?? figure.asset, second)) };
}

/** NaN where nothing passes: then there is no ratio. */
function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : Number.NaN;
}

/** The source's share in the asset's mix; NaN where no mix is known. */
function sourceShare({ source, asset }: { source: SourceKind; asset: string }, layout: Layout, values: Float32Array): number {
  const parts = mixOf(values, layout.assets.get(asset)?.shares ?? -1);
  return parts.length === 0 ? Number.NaN : (parts.find(({ kind }) => kind === source)?.percent ?? 0) / 100;
}
