/** Measures which part of the window the panels cover, so that the camera keeps the selection beside them. */
import { useEffect } from 'react';
import { type Box, type Insets, useChoices } from '../live/choices.ts';

function measure(): Insets {
  const of = (edge: string) => {
    const box = document.querySelector(`[data-edge="${edge}"]`)?.getBoundingClientRect();
    // A panel that is hidden by another one has no box.
    return box && box.height > 0 ? box : undefined;
  };
  const narrow = innerWidth <= 720;
  const top = of('top')?.bottom ?? 0;
  const left = of('left');
  const right = of('right');
  const bottom = of('bottom');
  if (narrow) {
    const covered = Math.min(...[left, right, bottom, of('timeline'), of('foot')].map((box) => box?.top ?? innerHeight));
    return { top, right: 0, bottom: innerHeight - covered, left: 0 };
  }
  // The legend stands in the corner: it covers little, so it does not count; a table, the timeline or a kiosk's foot does.
  const foot = of('foot') ?? of('timeline');
  return { top, right: right ? innerWidth - right.left : 0, bottom: foot ? innerHeight - foot.top : 0, left: left ? left.right : 0 };
}

/** Selector of panels that stand alone in the free part of the window. */
const alone = '.operate .legend, .view-strip, .popover, .look-bars > *';

function measureAlone(): Box[] {
  return [...document.querySelectorAll(alone)].map((panel) => {
    const { left, top, right, bottom } = panel.getBoundingClientRect();
    return { left: Math.round(left), top: Math.round(top), right: Math.round(right), bottom: Math.round(bottom) };
  });
}

export function useInsets(): void {
  useEffect(() => {
    let due = 0;
    const update = () => {
      cancelAnimationFrame(due);
      due = requestAnimationFrame(() => {
        const insets = measure();
        const before = useChoices.getState().insets;
        const same = (['top', 'right', 'bottom', 'left'] as const).every((edge) => Math.abs(insets[edge] - before[edge]) < 2);
        const sheltered = measureAlone();
        if (JSON.stringify(sheltered) !== JSON.stringify(useChoices.getState().sheltered)) useChoices.setState({ sheltered });
        if (same) return;
        useChoices.setState({ insets });
        for (const edge of ['left', 'right'] as const) {
          document.querySelector<HTMLElement>('.edges')?.style.setProperty(`--covered-${edge}`, `${insets[edge]}px`);
        }
      });
    };
    const observer = new ResizeObserver(update);
    const edges = document.querySelector('.edges');
    // Panels appear, disappear and are resized by hand.
    const observeAll = () => {
      observer.disconnect();
      if (edges) observer.observe(edges);
      for (const panel of document.querySelectorAll('[data-edge]')) observer.observe(panel);
    };
    const watch = new MutationObserver((changes) => {
      if (changes.some(({ type }) => type === 'childList')) observeAll();
      update();
    });
    observeAll();
    if (edges) watch.observe(edges, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });
    addEventListener('resize', update);
    update();
    return () => {
      cancelAnimationFrame(due);
      observer.disconnect();
      watch.disconnect();
      removeEventListener('resize', update);
    };
  }, []);
}
