/** The park as a fine line drawing, shown first, until the model and the first values are loaded. */
import { useMemo } from 'react';
import type { ParkView } from '../../../models/api/park-view.ts';
import { projector } from '../../../models/park/park.ts';
import { boundsOf, pathOf } from './paths.ts';
import './outline.css';

export function Outline({ park, say }: { park: ParkView; say: string }) {
  const { path, box } = useMemo(() => {
    const project = projector(park.metadata.place);
    const drawn = [
      ...park.context.filter((feature) => feature.kind === 'boundary' || feature.kind === 'water').map((f) => f.geometry),
      ...park.assets.map((asset) => asset.geometry),
    ];
    return {
      path: drawn.map((geometry) => pathOf(geometry, project)).join(''),
      box: boundsOf(park.assets, project),
    };
  }, [park]);
  return (
    <div className="outline">
      <svg viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`} aria-hidden="true">
        <path d={path} pathLength={1} />
      </svg>
      <p role="status">{say}</p>
    </div>
  );
}
