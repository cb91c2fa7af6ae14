/** Paints the plan's shapes from the mirror: exact scale colours, marks, line widths. Touches only what changed. */
import { colourOf, intensityScales, missingHex, rgbToHex } from '../../../models/colour.ts';
import { useChoices } from '../../live/choices.ts';
import { useFollow } from '../../live/follow.ts';
import { markOf } from '../../live/marks-now.ts';
import { mirror, subscribe, valueAt } from '../../live/mirror.ts';
import { metricNow } from '../values/use-mirror.ts';

function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Width of a line in pixels by its power: 1 at zero, 5 at ten megawatts. */
export function lineWidth(power_kW: number): number {
  if (Number.isNaN(power_kW)) return 1.2;
  return Math.min(6, 1 + Math.log10(1 + Math.abs(power_kW)));
}

/** Width in pixels of a followed line that carries the whole followed flow; others are in proportion to their share. */
const fullWidth = 14;

export function paintPlan(world: SVGGElement): () => void {
  const assets = [...world.querySelectorAll<SVGGElement>('[data-asset]')].map((group) => ({
    id: group.dataset['asset'] ?? '',
    group,
    shape: group.querySelector('.shape'),
    pattern: group.querySelector('.pattern'),
  }));
  const lines = [...world.querySelectorAll<SVGPathElement>('[data-line]')].map((path) => ({ id: path.dataset['line'] ?? '', path }));

  const paint = () => {
    const { layout, layoutPark } = mirror;
    const { selected, hovered, carriers, metric, lit } = useChoices.getState();
    const followed = new Map(useFollow.getState().answer?.lines.map((line) => [line.id, line.share]));
    const view = metricNow(metric);
    for (const { id, group, shape, pattern } of assets) {
      const state = `${id === selected ? 'selected ' : ''}${id === hovered ? 'hovered ' : ''}${lit && !lit.has(id) ? 'ghost' : ''}`;
      set(group, 'data-state', state);
      if (!layout || !view || !shape || !pattern) continue;
      const mark = markOf(view, layout, id);
      const rgb = mark === 'unmetered' || mark === 'idle' ? null : colourOf(view.scaleOf(id), view.valueOf(id));
      set(shape, 'fill', rgb ? rgbToHex(rgb) : mark === 'missing' ? missingHex : 'var(--plan-quiet)');
      set(pattern, 'fill', mark === 'estimated' || mark === 'stale' || mark === 'missing' ? `url(#plan-${mark})` : 'none');
    }
    for (const { id, path } of lines) {
      const slots = layout?.lines.get(id);
      const line = layoutPark?.lines.find((l) => l.id === id);
      if (!slots || !line) continue;
      const rgb = colourOf(intensityScales[line.scale], valueAt(slots.intensity));
      const power = valueAt(slots.power);
      set(path, 'stroke', rgb ? rgbToHex(rgb) : missingHex);
      const share = followed.get(id);
      const width = (share === undefined ? lineWidth(power) : Math.max(1.2, fullWidth * Math.min(1, share))).toFixed(1);
      if (path.style.getPropertyValue('--power') !== width) path.style.setProperty('--power', width);
      set(path, 'data-state', `${id === selected ? 'selected ' : ''}${lit && !lit.has(id) ? 'ghost' : ''}`);
      set(path, 'visibility', carriers[line.carrier] === false || line.open ? 'hidden' : 'visible');
    }
  };
  paint();
  const stops = [subscribe(paint), useChoices.subscribe(paint), useFollow.subscribe(paint)];
  return () => {
    for (const stop of stops) stop();
  };
}
