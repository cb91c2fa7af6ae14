/** Periods that have anything to report, newest first. */
import type { LedgerAnswer } from '../../../models/api/ledger.ts';
import { monthsIn, periodOf, previousPeriod, type ReportPeriod } from '../../../models/ledger/report/period.ts';
import { createCalendar, dayOf } from '../../../models/time/calendar.ts';

export interface PeriodGroup {
  kind: ReportPeriod['kind'];
  ids: string[];
}

type Accounted = Pick<LedgerAnswer, 'from' | 'until' | 'timeZone' | 'interval_s'>;

/** `shown` is always included, even if the ledger has nothing of it. */
export function choosable(ledger: Accounted | null, shown: string): PeriodGroup[] {
  const found = new Map<ReportPeriod['kind'], Set<string>>([
    ['month', new Set()],
    ['quarter', new Set()],
    ['year', new Set()],
  ]);
  if (ledger?.from && ledger.until) {
    const calendar = createCalendar(ledger);
    const first = dayOf(calendar, Date.parse(ledger.from));
    const last = dayOf(calendar, Date.parse(ledger.until) - 1);
    for (let year = Number(last.slice(0, 4)); year >= Number(first.slice(0, 4)); year--) {
      const whole = periodOf(String(year)) as ReportPeriod;
      found.get('year')?.add(whole.id);
      for (const month of monthsIn(whole).reverse()) {
        if (month.last < first || month.first > last) continue;
        found.get('month')?.add(month.id);
        found.get('quarter')?.add(`${year}-Q${Math.ceil(Number(month.id.slice(5)) / 3)}`);
      }
    }
  }
  const own = periodOf(shown);
  if (own) found.get(own.kind)?.add(own.id);
  return [...found].map(([kind, ids]) => ({ kind, ids: [...ids].sort().reverse() })).filter(({ ids }) => ids.length > 0);
}

/** The period shown by default: the last month that is over and accounted, else the current month. */
export function latestPeriod(ledger: Accounted): string | null {
  if (!ledger.from || !ledger.until) return null;
  const calendar = createCalendar(ledger);
  const running = periodOf(dayOf(calendar, Date.parse(ledger.until)).slice(0, 7)) as ReportPeriod;
  const before = previousPeriod(running);
  return dayOf(calendar, Date.parse(ledger.from)) <= before.last ? before.id : running.id;
}
