/** The labels as elements of the page, over the canvas: created once, moved by transforms. */
import { leaderOf, type Placed } from './arrange-labels.ts';

export interface LabelLayer {
  show: (labels: readonly Placed[]) => void;
  /** Size of the labels' text, 1 for 12 px; larger on kiosks, which are read from a distance. */
  typeSize: () => number;
  remove: () => void;
}

export function createLayer(container: HTMLElement): LabelLayer {
  const layer = document.createElement('div');
  layer.className = 'scene-labels';
  // Hidden from screen readers: the table gives them the same information.
  layer.setAttribute('aria-hidden', 'true');
  container.append(layer);
  let type = 1;
  const measure = () => {
    type = Number.parseFloat(getComputedStyle(layer).fontSize) / 12 || 1;
  };
  const watch = new ResizeObserver(measure);
  watch.observe(layer);
  measure();
  return {
    show: (labels) => {
      while (layer.children.length > labels.length) layer.lastElementChild?.remove();
      while (layer.children.length < labels.length) layer.append(emptyLabel());
      for (const [i, label] of labels.entries()) write(layer.children[i] as HTMLElement, label);
    },
    typeSize: () => type,
    remove: () => {
      watch.disconnect();
      layer.remove();
    },
  };
}

function emptyLabel(): HTMLElement {
  const made = document.createElement('div');
  made.append(document.createElement('i'), document.createElement('b'), document.createElement('span'));
  return made;
}

function write(box: HTMLElement, label: Placed): void {
  const [leader, name, value] = [...box.children] as [HTMLElement, HTMLElement, HTMLElement];
  if (name.textContent !== label.name) name.textContent = label.name;
  if (value.textContent !== label.value) value.textContent = label.value;
  const kind = label.called ? 'scene-label called' : 'scene-label';
  if (box.className !== kind) box.className = kind;
  box.style.transform = `translate(${Math.round(label.left)}px, ${Math.round(label.bottom)}px) translate(-50%, -100%)`;
  const { length, angle } = leaderOf(label);
  leader.style.height = `${Math.round(length)}px`;
  leader.style.transform = `rotate(${angle.toFixed(3)}rad)`;
}
