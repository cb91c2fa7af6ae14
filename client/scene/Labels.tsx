import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { Matrix4, type PerspectiveCamera, Vector3 } from 'three';
import { useChoices } from '../live/choices.ts';
import { metricOf } from '../live/metric.ts';
import { mirror } from '../live/mirror.ts';
import { textNow } from '../locales/use-words.ts';
import { formOf } from './kinds/forms.ts';
import { arrange, type Label } from './labels/arrange-labels.ts';
import { createLayer, type LabelLayer } from './labels/label-layer.ts';
import type { Site } from './shape/site.ts';
import { type Stage, useStage } from './stage.ts';

/** This many of the largest assets are named without being selected or hovered. */
const standing = 9;
/** Pixels that an asset must be across to be named without being selected or hovered: names on smaller ones are clutter. */
const worthy = 46;

function importance(site: Site): number {
  const { area_m2, height_m } = site.asset;
  return site.host ? 0 : area_m2 * Math.sqrt(Math.max(3, height_m)) * formOf(site.asset).naming;
}

function nameOf(site: Site): string {
  return textNow(site.asset.name);
}

/** The number of a selected or hovered asset: value and unit of the metric shown; empty when it is unknown. */
function shownValue(stage: Stage, id: string): string {
  const { layout } = mirror;
  if (!layout) return '';
  const metric = metricOf(stage.park, layout, useChoices.getState().metric);
  const value = metric.applies(id) ? metric.valueOf(id) : Number.NaN;
  if (Number.isNaN(value)) return '';
  const digits = new Intl.NumberFormat(document.documentElement.lang || 'en', { maximumSignificantDigits: 3 });
  return `${digits.format(value)} ${metric.scale.unit.replace('CO2e', 'CO₂e')}`;
}

/** Names over the selected, hovered and largest assets: plain HTML, moved only when camera, choices or a number changed. */
export function Labels() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const { container } = stage;
  const layer = useRef<LabelLayer | null>(null);
  const ranked = useMemo(() => stage.sites.filter((s) => importance(s) > 0).sort((a, b) => importance(b) - importance(a)), [stage]);
  const seen = useMemo(() => ({ matrix: new Matrix4(), width: 0, height: 0, changes: -1, stale: true, stage: null as Stage | null }), []);
  const spots = useMemo(() => new Map<string, number>(), []);
  const point = useMemo(() => new Vector3(), []);

  useEffect(() => {
    const made = createLayer(container);
    layer.current = made;
    const again = () => {
      seen.stale = true;
      invalidate();
    };
    again();
    // Names follow the language of the page.
    const watch = new MutationObserver(again);
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] });
    const stop = useChoices.subscribe((now, before) => {
      const same =
        now.selected === before.selected && now.hovered === before.hovered && now.lit === before.lit && now.follow === before.follow;
      if (!same || now.insets !== before.insets || now.sheltered !== before.sheltered || now.metric !== before.metric) again();
    });
    return () => {
      watch.disconnect();
      stop();
      made.remove();
    };
  }, [container, invalidate, seen]);

  const labelOf = (site: Site, called: boolean, camera: PerspectiveCamera, width: number, height: number): Label | null => {
    point.set(site.centre[0], site.ground + site.base + site.asset.height_m + 2, -site.centre[1]);
    const distance = point.distanceTo(camera.position);
    point.project(camera);
    if (point.z > 1 || Math.abs(point.x) > 1.05 || Math.abs(point.y) > 1.05) return null;
    const across = (site.frame.length / (distance * Math.tan((camera.fov * Math.PI) / 360))) * (height / 2);
    if (!called && across < worthy) return null;
    const value = called ? shownValue(stage, site.asset.id) : '';
    return { id: site.asset.id, x: ((point.x + 1) / 2) * width, y: ((1 - point.y) / 2) * height, name: nameOf(site), value, called };
  };

  useFrame(({ camera, size }) => {
    const { width, height } = size;
    const { selected, hovered, follow, lit, insets, sheltered } = useChoices.getState();
    // Numbers are shown only for the selected and the hovered asset.
    const changes = selected !== null || hovered !== null ? mirror.changes : -1;
    camera.updateMatrixWorld();
    const same = !seen.stale && seen.stage === stage && seen.width === width && seen.height === height && seen.changes === changes;
    if (!layer.current || (same && seen.matrix.equals(camera.matrixWorld))) return;
    seen.matrix.copy(camera.matrixWorld);
    Object.assign(seen, { width, height, changes, stale: false, stage });

    const labels: Label[] = [];
    const add = (site: Site | undefined, called: boolean): void => {
      const label = site && labelOf(site, called, camera as PerspectiveCamera, width, height);
      if (label && !labels.some((one) => one.id === label.id)) labels.push(label);
    };
    // While an asset's carbon is followed, the ends have labels of their own (FollowLabels.tsx).
    if (selected !== null && follow === null) add(stage.site.get(selected), true);
    if (hovered !== null && (follow === null || hovered !== selected)) add(stage.site.get(hovered), true);
    for (let i = 0, found = follow === null ? 0 : standing; i < ranked.length && found < standing && i < 400; i++) {
      const site = ranked[i] as Site;
      if (lit && !lit.has(site.asset.id)) continue;
      const before = labels.length;
      add(site, false);
      if (labels.length > before) found++;
      // Unless a part of the park is singled out, only the 40 largest assets can be named, however near others are.
      else if (!lit && i >= 40) break;
    }
    const room = {
      left: insets.left + 6,
      top: insets.top + 6,
      right: width - insets.right - 6,
      bottom: height - insets.bottom - 6,
    };
    const placed = arrange(labels, { room, covered: sheltered, before: spots, type: layer.current.typeSize() });
    spots.clear();
    for (const label of placed) spots.set(label.id, label.spot);
    layer.current.show(placed);
  });
  return null;
}
