/** Surroundings that are drawn but not accounted: land, water, green, roads. Trees are left out, they would hide the plan. */
import { memo } from 'react';
import type { ParkView } from '../../../models/api/park-view.ts';
import type { ContextKind } from '../../../models/park/park.ts';
import { type Project, pathOf } from './paths.ts';

const order: readonly ContextKind[] = ['boundary', 'land', 'coast', 'green', 'court', 'plaza', 'parking', 'water', 'path', 'road', 'rail'];
/** Width in metres of features drawn as lines, if the feature itself gives none. */
const widths: Partial<Record<ContextKind, number>> = { road: 8, path: 2.5, rail: 3, water: 6 };

export const PlanContext = memo(function PlanContext({ park, project }: { park: ParkView; project: Project }) {
  const features = park.context.filter((feature) => order.includes(feature.kind));
  features.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return (
    <g className="plan-context">
      {features.map((feature) => {
        const isLine = feature.geometry.type === 'LineString' || feature.geometry.type === 'MultiLineString';
        const given = feature.properties['width_m'];
        const width = typeof given === 'number' ? given : widths[feature.kind];
        return (
          <path
            key={feature.id}
            className={`${feature.kind} ${isLine ? 'as-line' : 'as-area'}`}
            d={pathOf(feature.geometry, project)}
            {...(isLine ? { strokeWidth: width ?? 1 } : {})}
          />
        );
      })}
    </g>
  );
});
