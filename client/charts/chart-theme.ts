/** The page's design tokens for charts: ECharts draws on a canvas, where style sheets have no effect. */

import type { Carrier } from '../../models/carriers.ts';
import type { Scale } from '../../models/colour.ts';
import { colourOf, missingHex, rgbToHex } from '../../models/colour.ts';
import type { SourceKind } from '../../models/energy-sources.ts';

export interface Look {
  text: string;
  muted: string;
  line: string;
  sheet: string;
  well: string;
  accent: string;
  font: string;
  location: string;
  market: string;
  /** Colour of flows and nodes that show nothing about carbon. */
  neutral: string;
  source: (kind: SourceKind) => string;
  carrier: (carrier: Carrier) => string;
}

export function lookOfPage(): Look {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: token('text'),
    muted: token('muted'),
    line: token('edge-line'),
    sheet: token('sheet-solid'),
    well: token('well-strong'),
    accent: token('accent'),
    font: getComputedStyle(document.body).fontFamily,
    location: token('chart-location'),
    market: token('chart-market'),
    neutral: token('source-unmetered'),
    source: (kind) => token(`source-${kind}`),
    carrier: (carrier) => token(`carrier-${carrier}`),
  };
}

/** The exact colour of a value; for an unknown value the grey of missing ones. */
export function hexOf(scale: Scale, value: number | null): string {
  const rgb = colourOf(scale, value);
  return rgb ? rgbToHex(rgb) : missingHex;
}
