/** Labels of the followed asset and of its ends, each with a line to its asset: created once, moved by transforms. */
import type { LabelWords } from './follow-label-words.ts';
import type { Anchored, Placed } from './spread-labels.ts';

export interface FollowLayer {
  /** Size of the labels' text, 1 for 12 px; larger on kiosks, which are read from a distance. */
  typeSize: () => number;
  show: (anchors: readonly Anchored[], placed: readonly Placed[], words: readonly LabelWords[]) => void;
  remove: () => void;
}

interface Parts {
  lines: SVGSVGElement;
  boxes: HTMLElement;
}

const svg = 'http://www.w3.org/2000/svg';

export function createFollowLayer(container: HTMLElement): FollowLayer {
  const root = document.createElement('div');
  root.className = 'scene-labels follow-labels';
  root.setAttribute('aria-hidden', 'true');
  const lines = document.createElementNS(svg, 'svg');
  const boxes = document.createElement('div');
  root.append(lines, boxes);
  container.append(root);
  let type = 1;
  const measure = () => {
    type = Number.parseFloat(getComputedStyle(root).fontSize) / 12 || 1;
  };
  const watch = new ResizeObserver(measure);
  watch.observe(root);
  measure();
  return {
    typeSize: () => type,
    show: (anchors, placed, words) => draw({ lines, boxes }, anchors, placed, words),
    remove: () => {
      watch.disconnect();
      root.remove();
    },
  };
}

function draw({ lines, boxes }: Parts, anchors: readonly Anchored[], placed: readonly Placed[], words: readonly LabelWords[]): void {
  haveChildren(boxes, placed.length, () => {
    const made = document.createElement('div');
    made.append(document.createElement('b'), document.createElement('span'));
    return made;
  });
  haveChildren(lines, placed.length, () => document.createElementNS(svg, 'line'));
  for (const [i, { id, left, top }] of placed.entries()) {
    const anchor = anchors.find((one) => one.id === id) as Anchored;
    const of = words.find((one) => one.key === id) as LabelWords;
    const box = boxes.children[i] as HTMLElement;
    const [value, name] = [box.firstElementChild, box.lastElementChild] as [HTMLElement, HTMLElement];
    if (name.textContent !== of.name) name.textContent = of.name;
    if (value.textContent !== of.value) value.textContent = of.value;
    const kind = of.subject ? 'scene-label follow-label subject' : 'scene-label follow-label';
    if (box.className !== kind) box.className = kind;
    box.style.width = `${Math.round(anchor.width)}px`;
    box.style.height = `${Math.round(anchor.height)}px`;
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
