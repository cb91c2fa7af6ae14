/** Width of a panel in a wide window and its height on a phone, as set by hand; stored on this device. */
import type { Axis, SizeBounds } from '../ui/size-bounds.ts';

export type Panel = 'side' | 'table';
export const bounds: Record<Panel, Record<Axis, SizeBounds>> = {
  side: { width: { usual: 384, least: 304, share: 0.5 }, height: { usual: 330, least: 132, share: 0.72 } },
  table: { width: { usual: 680, least: 360, share: 0.62 }, height: { usual: 420, least: 160, share: 0.76 } },
};

const place = (panel: Panel, axis: Axis) => `ecopark.panel.${panel}.${axis}`;
const property = (panel: Panel, axis: Axis) => `--${panel}-${axis}`;

/** Null restores the usual size. */
export function setSize(panel: Panel, axis: Axis, size: number | null): void {
  const { style } = document.documentElement;
  if (size === null) {
    style.removeProperty(property(panel, axis));
    localStorage.removeItem(place(panel, axis));
  } else {
    style.setProperty(property(panel, axis), `${size}px`);
    localStorage.setItem(place(panel, axis), String(size));
  }
}

/** The stored size; null where there is none, or none that is valid. */
export function keptSize(panel: Panel, axis: Axis): number | null {
  const kept = Number(localStorage.getItem(place(panel, axis)) ?? Number.NaN);
  return Number.isFinite(kept) && kept >= bounds[panel][axis].least ? kept : null;
}

/** Applies the stored sizes. The style sheets limit them to the present window, which may differ from the one before. */
export function applyKeptSizes(): void {
  for (const panel of ['side', 'table'] as const) {
    for (const axis of ['width', 'height'] as const) {
      const kept = keptSize(panel, axis);
      if (kept !== null) document.documentElement.style.setProperty(property(panel, axis), `${kept}px`);
    }
  }
}
