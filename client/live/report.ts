/** Address and question of a report: of a period, made now, or as it was published. */

import type { Language } from '../../models/languages.ts';
import type { Report } from '../../models/ledger/report/report-shape.ts';
import type { FactorSet } from '../../models/park/park.ts';
import { addressOf, ask } from './ask.ts';

/** Without a set: direct factors, where the park has them. */
export type ReportChoice = { period: string; set?: FactorSet } | { published: string };

/** Address of the report in a format; `lang` has no effect on JSON. */
export function reportPath(park: string, choice: ReportChoice, format: 'json' | 'xlsx' | 'csv' | 'pdf', lang: Language): string {
  const how = { format, lang };
  return 'published' in choice
    ? addressOf('GET /parks/{park}/reports/{report}', { park, report: choice.published, query: how })
    : addressOf('GET /parks/{park}/report', { park, query: { ...choice, ...how } });
}

export function reportQuestion(park: string, choice: ReportChoice) {
  return {
    queryKey: ['report', park, choice] as const,
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<Report> =>
      'published' in choice
        ? ask('GET /parks/{park}/reports/{report}', { park, report: choice.published, query: {} }, signal)
        : ask('GET /parks/{park}/report', { park, query: choice }, signal),
  };
}
