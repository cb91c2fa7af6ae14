import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { Vector3 } from 'three';
import type { FollowAnswer } from '../../models/carbon/follow.ts';
import { belongs, useFollow } from '../live/follow.ts';
import { subscribe } from '../live/mirror.ts';
import { useView } from '../live/view.ts';
import { widthOf } from './arrange-labels.ts';
import { type Anchored, spread } from './spread-labels.ts';
import { type Stage, useStage } from './stage.ts';

/** So many ends are written in the picture; the panel has more. */
const most = 8;
/** Smaller shares are read in the panel. */
const worthWriting = 0.005;

interface Words {
  id: string;
  name: string;
  value: string;
  /** The one that is followed. */
  subject: boolean;
}

/** Shares over the sources (or the uses), the total over whoever is followed, none over another. */
export function FollowLabels() {
  const stage = useStage();
  const invalidate = useThree((s) => s.invalidate);
  const layer = useRef<Layer | null>(null);
  const words = useRef<{ answer: FollowAnswer | null; language: string; list: Words[] }>({ answer: null, language: '', list: [] });
  const point = useMemo(() => new Vector3(), []);

  useEffect(() => {
    const made = makeLayer(stage.container);
    layer.current = made;
    const stops = [useFollow.subscribe(() => invalidate()), subscribe(() => useFollow.getState().subject && invalidate())];
    return () => {
      for (const stop of stops) stop();
      made.root.remove();
      delete stage.container.dataset['following'];
    };
  }, [stage, invalidate]);

  useFrame(({ camera, size }) => {
    const shown = layer.current;
    if (!shown) return;
    const { subject, answer: heard } = useFollow.getState();
    const answer = subject && belongs(heard) ? heard : null;
    if (subject) stage.container.dataset['following'] = subject.way;
    else delete stage.container.dataset['following'];
    const language = document.documentElement.lang;
    if (words.current.answer !== answer || words.current.language !== language)
      words.current = { answer, language, list: answer ? wordsOf(stage, answer, language) : [] };
    const { insets } = useView.getState();
    const room = {
      left: insets.left + 8,
      top: insets.top + 8,
      right: size.width - insets.right - 8,
      bottom: size.height - insets.bottom - 8,
    };
    const anchors: Anchored[] = [];
    for (const { id, name, value } of words.current.list) {
      const site = stage.site.get(id);
      if (!site) continue;
      point.set(site.centre[0], site.ground + site.base + site.asset.height_m, -site.centre[1]).project(camera);
      if (point.z > 1) continue;
      const [x, y] = [((point.x + 1) / 2) * size.width, ((1 - point.y) / 2) * size.height];
      // What is not in the picture has no place in it.
      if (x < 0 || x > size.width || y < 0 || y > size.height) continue;
      anchors.push({ id, x, y, width: Math.max(widthOf(name), widthOf(value) + 8), height: 44 });
    }
    draw(shown, anchors, spread(anchors, room), words.current.list);
  });
  return null;
}

function wordsOf(stage: Stage, answer: FollowAnswer, language: string): Words[] {
  const chinese = language.startsWith('zh');
  const nameOf = (id: string) => {
    const name = stage.site.get(id)?.asset.name;
    return (chinese ? name?.zh : undefined) ?? name?.en ?? id;
  };
  const percent = new Intl.NumberFormat(language || 'en', { style: 'percent', maximumFractionDigits: 0 });
  const digits = new Intl.NumberFormat(language || 'en', { maximumSignificantDigits: 3 });
  const power = (kW: number) => (kW >= 1000 ? `${digits.format(kW / 1000)} MW` : `${digits.format(kW)} kW`);
  const list: Words[] = [];
  const { total } = answer;
  if (total) {
    const intensity = total.intensity_gPerKwh === null ? '' : ` · ${digits.format(total.intensity_gPerKwh)} gCO₂e/kWh`;
    list.push({ id: answer.asset, name: nameOf(answer.asset), value: `${power(total.power_kW)}${intensity}`, subject: true });
  }
  // What an asset takes at several ports is one share of it.
  const byAsset = new Map<string, { share: number; kW: number }>();
  for (const { asset, share, power_kW } of [...answer.sources, ...answer.uses]) {
    const known = byAsset.get(asset);
    byAsset.set(asset, { share: (known?.share ?? 0) + share, kW: (known?.kW ?? 0) + power_kW });
  }
  const ends = [...byAsset].filter(([id, { share }]) => id !== answer.asset && share >= worthWriting);
  for (const [id, { share, kW }] of ends.sort((a, b) => b[1].share - a[1].share).slice(0, most))
    list.push({ id, name: nameOf(id), value: `${percent.format(share)} · ${power(kW)}`, subject: false });
  return list;
}

interface Layer {
  root: HTMLElement;
  lines: SVGSVGElement;
  boxes: HTMLElement;
}

const svg = 'http://www.w3.org/2000/svg';

function makeLayer(container: HTMLElement): Layer {
  const root = document.createElement('div');
  root.className = 'scene-labels follow-labels';
  root.setAttribute('aria-hidden', 'true');
  const lines = document.createElementNS(svg, 'svg');
  const boxes = document.createElement('div');
  root.append(lines, boxes);
  container.append(root);
  return { root, lines, boxes };
}

function draw({ lines, boxes }: Layer, anchors: readonly Anchored[], placed: ReturnType<typeof spread>, words: readonly Words[]): void {
  haveChildren(boxes, placed.length, () => {
    const made = document.createElement('div');
    made.append(document.createElement('b'), document.createElement('span'));
    return made;
  });
  haveChildren(lines, placed.length, () => document.createElementNS(svg, 'line'));
  for (const [i, { id, left, top }] of placed.entries()) {
    const anchor = anchors.find((one) => one.id === id) as Anchored;
    const of = words.find((one) => one.id === id) as Words;
    const box = boxes.children[i] as HTMLElement;
    const [value, name] = [box.firstElementChild, box.lastElementChild] as [HTMLElement, HTMLElement];
    if (name.textContent !== of.name) name.textContent = of.name;
    if (value.textContent !== of.value) value.textContent = of.value;
    const kind = of.subject ? 'scene-label follow-label subject' : 'scene-label follow-label';
    if (box.className !== kind) box.className = kind;
    box.style.width = `${Math.round(anchor.width)}px`;
    box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    const line = lines.children[i] as SVGLineElement;
    const below = top > anchor.y;
    line.setAttribute('x1', anchor.x.toFixed(1));
    line.setAttribute('y1', anchor.y.toFixed(1));
    line.setAttribute('x2', Math.min(left + anchor.width - 8, Math.max(left + 8, anchor.x)).toFixed(1));
    line.setAttribute('y2', (below ? top : top + anchor.height).toFixed(1));
  }
}

function haveChildren(parent: Element, count: number, make: () => Element): void {
  while (parent.children.length > count) parent.lastElementChild?.remove();
  while (parent.children.length < count) parent.append(make());
}
