/**
 * The park from above, in the exact colours of the scale, for browsers without WebGL and for people who prefer it. React
 * draws the shapes once; with every update, colours, marks and line widths are set directly in the SVG, without React.
 */

import { useEffect, useMemo, useRef } from 'react';
import { kindRow } from '../../../models/kinds/kinds.ts';
import { projector } from '../../../models/park/park.ts';
import { flyTo, useChoices } from '../../live/choices.ts';
import { useWords } from '../../locales/use-words.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { useParkView } from '../values/use-park-view.ts';
import { type Hand, layHandOn, type PlanView } from './gestures.ts';
import { PlanContext } from './PlanContext.tsx';
import { paintPlan } from './paint-plan.ts';
import { pathOf } from './paths.ts';
import './plan.css';

/** Height that the three buttons and a toast above them need. */
const roomForTools_px = 300;

export function Plan() {
  const { t, text } = useWords();
  const park = useParkView();
  const insets = useChoices((view) => view.insets);
  // On a phone an open sheet leaves no room for the buttons; gestures and keys still zoom.
  const hasRoom = innerHeight - insets.top - insets.bottom >= roomForTools_px;
  const svg = useRef<SVGSVGElement>(null);
  const world = useRef<SVGGElement>(null);
  const label = useRef<HTMLDivElement>(null);
  const hand = useRef<Hand>(null);
  const before = useRef<PlanView>(null);

  const project = useMemo(() => projector(park.metadata.place), [park]);
  // Hosted assets (roof PV) lie on their hosts, so they are drawn last. Small assets come after large ones, to stay clickable.
  const assets = useMemo(
    () =>
      [...park.assets]
        .sort((a, b) => Number(a.at !== undefined) - Number(b.at !== undefined) || b.area_m2 - a.area_m2)
        .map((asset) => ({ asset, path: pathOf(asset.geometry, project, Math.max(6, asset.height_m / 9)) })),
    [park, project],
  );

  useEffect(() => {
    if (!svg.current || !world.current || !label.current) return;
    const laid = layHandOn({
      svg: svg.current,
      world: world.current,
      label: label.current,
      park,
      project,
      nameOf: (asset) => text(asset.name),
      before: before.current,
    });
    const stopPaint = paintPlan(world.current);
    hand.current = laid;
    return () => {
      before.current = laid.letGo();
      stopPaint();
    };
  }, [park, project, text]);

  return (
    <div className="plan">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the plan */}
      <svg ref={svg} role="application" aria-label={`${t('plan.label')}. ${t('plan.hint')}`} tabIndex={0}>
        <PlanPatterns />
        <g ref={world}>
          <PlanContext park={park} project={project} />
          <g className="plan-lines">
            {park.lines.map((line) =>
              line.geometry ? <path key={line.id} data-line={line.id} d={pathOf(line.geometry, project)} /> : null,
            )}
          </g>
          <g className="plan-assets">
            {assets.map(({ asset, path }) => (
              <g key={asset.id} data-asset={asset.id} className={kindRow(asset.kind).vacant ? 'plot' : ''}>
                <path className="shape" d={path} />
                <path className="pattern" d={path} />
              </g>
            ))}
          </g>
        </g>
      </svg>
      <div ref={label} className="plan-label" hidden aria-hidden="true" />
      {hasRoom ? (
        <div className="plan-tools" style={{ marginRight: insets.right, marginBottom: insets.bottom }}>
          <IconButton icon="plus" label={t('plan.zoomIn')} onClick={() => hand.current?.zoomMiddle(0.7)} />
          <IconButton icon="minus" label={t('plan.zoomOut')} onClick={() => hand.current?.zoomMiddle(1 / 0.7)} />
          <IconButton icon="home" label={t('plan.home')} onClick={() => flyTo(null)} />
        </div>
      ) : null}
    </div>
  );
}

/** The marks of METHODS 8 as patterns over the colour, in pixels of the page. */
function PlanPatterns() {
  return (
    <defs>
      <pattern id="plan-estimated" width="4" height="4" patternUnits="userSpaceOnUse">
        <rect width="1" height="4" className="ink" />
      </pattern>
      <pattern id="plan-stale" width="12" height="12" patternUnits="userSpaceOnUse">
        <rect width="3.5" height="12" className="ink" />
      </pattern>
      <pattern id="plan-missing" width="5" height="5" patternUnits="userSpaceOnUse">
        <circle cx="1.5" cy="1.5" r="0.9" className="ink" />
      </pattern>
    </defs>
  );
}
