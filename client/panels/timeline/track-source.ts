/** The timeline's data: the park's series in pieces of whole local days, and the marks; loaded when they come into sight. */
import type { MarkAnswer } from '../../../models/api/marks.ts';
import { localDay, startOfDay, type ZoneOffset } from '../../../models/time/local-time.ts';
import { fetchMarks, fetchSeries } from '../../live/history.ts';
import { spanOf, stepFor, type TimeRange } from './shown-range.ts';
import { merged, type TimelineMark } from './timeline-marks.ts';
import { joined, noRows, rowsOf, type TrackRows, trackColumns } from './track-data.ts';

type Step = ReturnType<typeof stepFor>;

/** Local days in one request: a few hundred rows. */
const daysIn: Record<Step, number> = { interval: 2, hour: 16, day: 240 };
const steps: readonly Step[] = ['interval', 'hour', 'day'];

interface Piece {
  rows: TrackRows | null;
  /** Version of the ledger and end of what was accounted when it was asked for. */
  version: number;
  until: number;
  failed: boolean;
}

export interface SourcePark {
  id: string;
  interval_ms: number;
  offset: ZoneOffset;
}

export class TrackSource {
  private readonly park: SourcePark;
  private readonly arrived: () => void;
  private readonly pieces = new Map<string, Piece>();
  private readonly underWay = new Set<string>();
  private readonly abort = new AbortController();
  private marks: MarkAnswer[] = [];
  private marked: { from: number; to: number; version: number } | null = null;
  private glued: { key: string; rows: TrackRows } | null = null;
  private changes = 0;
  private known: { version: number; columns: Promise<string[]> } | null = null;
  /** Time range and version of the ledger; null until something is accounted. */
  extent: { from: number; until: number; version: number } | null = null;

  constructor(park: SourcePark, arrived: () => void) {
    this.park = park;
    this.arrived = arrived;
  }

  /** Requests the rows and marks in sight, and some on both sides. */
  ask(stretch: TimeRange): void {
    if (!this.extent) return;
    const step = stepFor(stretch);
    for (const number of this.numbers(step, { from: stretch.from - 0.3 * spanOf(stretch), to: stretch.to + 0.3 * spanOf(stretch) })) {
      if (this.isDue(step, number)) void this.load(step, number);
    }
    const { from, until, version } = this.extent;
    const wanted = { from: Math.max(from, stretch.from - spanOf(stretch)), to: Math.min(until, stretch.to + spanOf(stretch)) };
    const has = this.marked;
    if (wanted.to > wanted.from && (!has || has.version !== version || wanted.from < has.from || wanted.to > has.to + 900_000)) {
      this.marked = { ...wanted, version };
      void this.loadMarks(wanted.from, wanted.to);
    }
  }

  /** Rows in sight: of the fitting step, or of another step while those are loading. */
  rows(stretch: TimeRange): TrackRows {
    const fitting = stepFor(stretch);
    const order = [fitting, ...steps.filter((step) => step !== fitting)];
    for (const step of order) {
      const wanted = this.numbers(step, stretch);
      const there = wanted.filter((number) => this.pieces.get(`${step}/${number}`)?.rows);
      // Rows of another step are used only if at least 60 % of their pieces are loaded: fewer would be useless.
      if (there.length === 0 || (step !== fitting && there.length < 0.6 * wanted.length)) continue;
      const key = `${step}/${there.join()}/${this.changes}`;
      if (this.glued?.key !== key) {
        this.glued = { key, rows: joined(there.map((number) => this.pieces.get(`${step}/${number}`)?.rows ?? noRows)) };
      }
      return this.glued.rows;
    }
    return noRows;
  }

  /** Parts of the range whose rows are still loading. */
  loading(stretch: TimeRange): TimeRange[] {
    const step = stepFor(stretch);
    return this.numbers(step, stretch)
      .filter((number) => !this.pieces.get(`${step}/${number}`)?.rows && this.underWay.has(`${step}/${number}`))
      .map((number) => {
        const { from, to } = this.bounds(step, number);
        return { from: Math.max(from, this.extent?.from ?? from), to: Math.min(to, this.extent?.until ?? to) };
      });
  }

  marksIn(near_ms: number): TimelineMark[] {
    return merged(
      this.marks.map(({ kind, from, to, event }) => ({ kind, from: Date.parse(from), to: Date.parse(to), title: event?.title })),
      near_ms,
    );
  }

  close(): void {
    this.abort.abort();
  }

  private bounds(step: Step, number: number): TimeRange {
    const n = daysIn[step];
    return { from: startOfDay(number * n, this.park.offset), to: startOfDay((number + 1) * n, this.park.offset) };
  }

  private numbers(step: Step, { from, to }: TimeRange): number[] {
    if (!this.extent) return [];
    const { offset } = this.park;
    const n = daysIn[step];
    const first = Math.floor(localDay(Math.max(from, this.extent.from), offset) / n);
    const last = Math.floor(localDay(Math.min(to, this.extent.until - 1), offset) / n);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  }

  private isDue(step: Step, number: number): boolean {
    const key = `${step}/${number}`;
    const piece = this.pieces.get(key);
    if (this.underWay.has(key) || !this.extent) return false;
    if (!piece) return true;
    if (piece.version !== this.extent.version) return true;
    return !piece.failed && piece.until < Math.min(this.bounds(step, number).to, this.extent.until);
  }

  private async load(step: Step, number: number): Promise<void> {
    const key = `${step}/${number}`;
    const { from, to } = this.bounds(step, number);
    const { version = 0, until = 0 } = this.extent ?? {};
    this.underWay.add(key);
    try {
      const question = { owners: [''], columns: await this.columns(), from, to, step };
      const answer = await fetchSeries(this.park.id, question, this.abort.signal);
      const times = answer.times.map((time) => Date.parse(time));
      const rows = rowsOf(times, answer.owners['']?.columns ?? {}, (start) => this.endOf(step, start));
      this.pieces.set(key, { rows, version, until, failed: false });
      this.changes++;
    } catch {
      if (this.abort.signal.aborted) return;
      this.pieces.set(key, { rows: this.pieces.get(key)?.rows ?? null, version, until, failed: true });
      setTimeout(() => {
        const piece = this.pieces.get(key);
        if (piece?.failed && !piece.rows) this.pieces.delete(key);
        this.arrived();
      }, 5000);
    }
    this.underWay.delete(key);
    this.arrived();
  }

  /** The timeline's columns that this park's ledger has; sources that it does not have are not requested. */
  private async columns(): Promise<string[]> {
    const { until = 0, version = 0 } = this.extent ?? {};
    if (this.known?.version !== version) {
      const question = { owners: [''], from: until - this.park.interval_ms, to: until, step: 'interval' } as const;
      const columns = fetchSeries(this.park.id, question, this.abort.signal).then((answer) => {
        const there = answer.owners['']?.columns ?? {};
        return trackColumns.filter((name) => name in there);
      });
      this.known = { version, columns };
    }
    try {
      return await this.known.columns;
    } catch (error) {
      this.known = null;
      throw error;
    }
  }

  private endOf(step: Step, start: number): number {
    const { offset, interval_ms } = this.park;
    if (step === 'interval') return start + interval_ms;
    return step === 'hour' ? start + 3_600_000 : startOfDay(localDay(start, offset) + 1, offset);
  }

  private async loadMarks(from: number, to: number): Promise<void> {
    try {
      this.marks = await fetchMarks(this.park.id, from, to, this.abort.signal);
      this.arrived();
    } catch {
      // The timeline is correct without marks; they are requested again with the next time range.
      if (!this.abort.signal.aborted) this.marked = null;
    }
  }
}
