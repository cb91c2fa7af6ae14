/**
 * The edge of a panel that can be dragged: a window splitter (WAI-ARIA). Arrow keys move it, Home and End go to its bounds,
 * a double click or Enter restores the usual size. In a wide window it is the panel's inner edge, on a phone its upper edge.
 */
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import { type Axis, bounded, type SizeBounds } from './size-bounds.ts';
import './resizer.css';
import { useNarrow } from './use-narrow.ts';

/** Pixels per key; with Shift four times as far. */
const step = 24;

export interface ResizerProps {
  edge: 'left' | 'right';
  bounds: Record<Axis, SizeBounds>;
  label: string;
  hint: string;
  /** A size in words. */
  pixels: (count: number) => string;
  /** Null: the usual one. */
  onResize: (axis: Axis, size: number | null) => void;
}

export function Resizer({ edge, bounds, label, hint, pixels, onResize }: ResizerProps) {
  const axis: Axis = useNarrow() ? 'height' : 'width';
  const grip = useRef<HTMLDivElement>(null);
  const drag = useRef<{ at: number; size: number } | null>(null);
  const [size, setShown] = useState(bounds[axis].usual);
  const room = () => (axis === 'width' ? innerWidth : innerHeight);
  const measured = () => {
    const box = grip.current?.parentElement?.getBoundingClientRect();
    return Math.round((axis === 'width' ? box?.width : box?.height) ?? bounds[axis].usual);
  };
  /** −1 where a larger coordinate makes the panel smaller. */
  const sign = axis === 'height' || edge === 'left' ? -1 : 1;

  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => setShown(measured()));
    if (grip.current?.parentElement) observer.observe(grip.current.parentElement);
    return () => observer.disconnect();
  });

  const resize = (to: number) => {
    const next = bounded(bounds[axis], to, room());
    onResize(axis, next);
    // Shown at once; the size that the style sheet allows is measured and shown after the next layout.
    setShown(next);
  };
  const onKey = (event: KeyboardEvent) => {
    const by = (event.shiftKey ? 4 : 1) * step;
    const [less, more] =
      axis === 'height' ? ['ArrowDown', 'ArrowUp'] : edge === 'left' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    if (event.key === less) resize(measured() - by);
    else if (event.key === more) resize(measured() + by);
    else if (event.key === 'Home') resize(0);
    else if (event.key === 'End') resize(Number.POSITIVE_INFINITY);
    else if (event.key === 'Enter') onResize(axis, null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const along = (event: PointerEvent) => (axis === 'width' ? event.clientX : event.clientY);

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr element cannot be moved by hand; a focusable separator can
    <div
      ref={grip}
      className={`resizer ${axis} at-${edge}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'width' ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={bounds[axis].least}
      aria-valuemax={Math.max(size, bounded(bounds[axis], Number.POSITIVE_INFINITY, room()))}
      aria-valuetext={pixels(size)}
      title={hint}
      onKeyDown={onKey}
      onDoubleClick={() => onResize(axis, null)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { at: along(event), size: measured() };
      }}
      onPointerMove={(event) => {
        if (drag.current) resize(drag.current.size + sign * (along(event) - drag.current.at));
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
    />
  );
}
