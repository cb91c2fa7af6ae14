import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { Vector3 } from 'three';
import { metricOf } from '../live/metric.ts';
import { mirror } from '../live/mirror.ts';
import { useView } from '../live/view.ts';
import { arrange } from './arrange-labels.ts';
import type { Site } from './shape/site.ts';
import { type Stage, useStage } from './stage.ts';

/** Names of this many of the largest stand in the picture without being asked for. */
const standing = 7;

function importance(site: Site): number {
  const { kind, area_m2, height_m } = site.asset;
  if (kind === 'plot' || kind === 'pv' || site.host) return 0;
  const plant = kind === 'chp' || kind === 'gridConnection' || kind === 'wind' ? 4 : 1;
  return area_m2 * Math.sqrt(Math.max(3, height_m)) * plant;
}

function nameOf(site: Site): string {
  const { name } = site.asset;
  return document.documentElement.lang.startsWith('zh') && name.zh !== undefined ? name.zh : name.en;
}

/** The number under the pointer: value and unit of the metric shown; nothing when it is unknown. */
function shownValue(stage: Stage, id: string): string {
  const { layout } = mirror;
  if (!layout) return '';
  const metric = metricOf(stage.park, layout, useView.getState().metric);
  const value = metric.applies(id) ? metric.valueOf(id) : Number.NaN;
  if (Number.isNaN(value)) return '';
  const digits = new Intl.NumberFormat(document.documentElement.lang || 'en', { maximumSignificantDigits: 3 });
  return `${digits.format(value)} ${metric.scale.unit.replace('CO2e', 'CO₂e')}`;
}

/** Names over the chosen, the hovered and the largest few: plain HTML, moved only when the eye or the choice did. */
export function Labels() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const layer = useRef<HTMLElement | null>(null);
  const largest = useMemo(() => {
    const ranked = [...stage.sites].sort((a, b) => importance(b) - importance(a)).filter((s) => importance(s) > 0);
    return ranked.slice(0, standing);
  }, [stage]);

  useEffect(() => {
    const made = document.createElement('div');
    made.className = 'scene-labels';
    made.setAttribute('aria-hidden', 'true');
    stage.container.append(made);
    layer.current = made;
    // Names follow the language of the page.
    const watch = new MutationObserver(() => invalidate());
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] });
    return () => {
      watch.disconnect();
      made.remove();
    };
  }, [stage, invalidate]);

  const point = useMemo(() => new Vector3(), []);
  useFrame(({ camera, size }) => {
    if (!layer.current) return;
    const { selected, hovered } = useView.getState();
    const wanted = [selected, hovered].flatMap((id) => (id === null ? [] : (stage.site.get(id) ?? []))).concat(largest);
    const unique = wanted.filter((s, i) => wanted.indexOf(s) === i);
    const labels = unique.flatMap((site) => {
      point.set(site.centre[0], site.ground + site.base + site.asset.height_m + 3, -site.centre[1]);
      const distance = point.distanceTo(camera.position);
      point.project(camera);
      if (point.z > 1 || Math.abs(point.x) > 1.05 || Math.abs(point.y) > 1.05) return [];
      const called = site.asset.id === selected || site.asset.id === hovered;
      // A name over something a thumb wide is noise.
      if (!called && (site.frame.length / distance) * size.height < 46) return [];
      const name = nameOf(site);
      const value = called ? shownValue(stage, site.asset.id) : '';
      return [{ id: site.asset.id, x: ((point.x + 1) / 2) * size.width, y: ((1 - point.y) / 2) * size.height, name, value, called }];
    });
    show(layer.current, arrange(labels, size.width, size.height));
  });
  return null;
}

function show(layer: HTMLElement, labels: ReturnType<typeof arrange>): void {
  while (layer.children.length > labels.length) layer.lastElementChild?.remove();
  while (layer.children.length < labels.length) {
    const made = document.createElement('div');
    made.append(document.createElement('b'), document.createElement('span'));
    layer.append(made);
  }
  for (const [i, label] of labels.entries()) {
    const box = layer.children[i] as HTMLElement;
    const [name, value] = [box.firstElementChild, box.lastElementChild] as [HTMLElement, HTMLElement];
    if (name.textContent !== label.name) name.textContent = label.name;
    if (value.textContent !== label.value) value.textContent = label.value;
    const kind = label.called ? 'scene-label called' : 'scene-label';
    if (box.className !== kind) box.className = kind;
    box.style.transform = `translate(${Math.round(label.x)}px, ${Math.round(label.y)}px) translate(-50%, -100%)`;
  }
}
