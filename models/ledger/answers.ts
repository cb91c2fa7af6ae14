/** What the server answers about the ledger, as JSON: the shapes that the client and programs read. Times are ISO 8601. */
import type { LifecycleLacks, Text } from '../park/park.ts';
import type { FactorSet } from './block.ts';
import type { Adjustment, Edition, LedgerProgress } from './edition.ts';
import type { Flows } from './flows.ts';
import type { LedgerStep } from './period.ts';

export interface EditionAnswer extends Omit<Edition, 'from' | 'to' | 'at'> {
  from: string | null;
  to: string | null;
  at: string;
}

export interface LedgerAnswer {
  park: string;
  timeZone: string;
  interval_s: number;
  /** Accounted from … until; null while empty. */
  from: string | null;
  until: string | null;
  sets: FactorSet[];
  /** Why there is no life-cycle set; null where there is one. */
  lacking?: LifecycleLacks | null;
  /** Days that wait to be accounted again. */
  dirty: number;
  progress: LedgerProgress | null;
  editions: EditionAnswer[];
  /** First and last local day, inclusive. */
  locks: { from: string; to: string; who: string; at: string }[];
  adjustments: (Omit<Adjustment, 'at'> & { at: string })[];
  simulated: boolean;
  /** Local days whose intervals and pictures are not kept any more, first to last inclusive; `hours`: nor are their hours. */
  gone: { from: string; to: string; hours: boolean }[];
  rawFrom: string | null;
}

export type ColumnUnit = 'Wh' | 'mg' | 'count';

/** What a column counts in. */
export function unitOf(column: string): ColumnUnit {
  if (column.endsWith('.Wh')) return 'Wh';
  return column.endsWith('.mg') ? 'mg' : 'count';
}

export interface SeriesColumn {
  unit: ColumnUnit;
  /** null = unknown. A sum of what is known where `known` is below 1. */
  values: (number | null)[];
  /** 0…1 of the period's accounted intervals whose value is known. */
  known: number[];
}

export interface SeriesAnswer {
  park: string;
  set: FactorSet;
  edition: number | null;
  step: LedgerStep;
  timeZone: string;
  /** End of what is accounted; periods after it are not there, or grow. null: nothing is. */
  until: string | null;
  /** Starts of the periods. */
  times: string[];
  /** By asset id; '' is the park. */
  owners: Record<string, { columns: Record<string, SeriesColumn> }>;
  /** Accounted intervals of each period, and how many it has. */
  intervals: number[];
  expected: number[];
  /** Parts of the range that are not kept at this step any more (`GET …/ledger`); longer steps have them. `to` is not included. */
  gone: { from: string; to: string }[];
}

export interface MarkAnswer {
  kind: 'gap' | 'flagged' | 'restated' | 'locked' | 'adjusted' | 'gone' | 'event';
  from: string;
  to: string;
  note: string;
  /** Of an event of the park. */
  event?: { id: string; title: Text; body?: Text; asset?: string };
}

/** Energy and carbon of a period by sources, carriers, conversions and uses. */
export interface FlowsAnswer extends Flows {
  park: string;
  set: FactorSet;
  edition: number | null;
  timeZone: string;
  from: string;
  to: string;
  until: string | null;
  /** Accounted intervals of the period, and how many it has. */
  intervals: number;
  expected: number;
  /** Of the electricity used. */
  estimatedShare: number | null;
}

/** What one question may ask for at most. */
export const ledgerLimits = {
  /** Periods × columns × owners of a series. */
  seriesValues: 2_000_000,
  /** Periods of a series. */
  seriesRows: 20_000,
  /** Moments in one answer of pictures. */
  pictures: 400,
} as const;
