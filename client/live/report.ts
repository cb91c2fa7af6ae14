/** Questions about reports: one of a period or as it was published, the list of those, and publishing. */
import type { FactorSet } from '../../models/ledger/block.ts';
import type { Report } from '../../models/ledger/report.ts';
import { ask, baseOf } from './history.ts';

/** A report made now, or one that was published. Without a set: direct factors, where the park has them. */
export type ReportChoice = { period: string; set?: FactorSet } | { published: string };

export interface Publication {
  id: string;
  period: string;
  set: FactorSet;
  who: string;
  /** ISO 8601. */
  at: string;
  /** Scope 1 + 2, location-based; null: not known. */
  total_mg: number | null;
}

/** Of the report in a format; `lang` counts for all but JSON. */
export function reportPath(park: string, choice: ReportChoice, format: 'json' | 'xlsx' | 'csv' | 'pdf', lang: 'en' | 'zh'): string {
  const query = new URLSearchParams({ format, lang });
  if ('published' in choice) return `${baseOf(park)}/reports/${encodeURIComponent(choice.published)}?${query}`;
  return `${baseOf(park)}/report?${new URLSearchParams({ ...choice })}&${query}`;
}

export async function fetchReport(park: string, choice: ReportChoice, signal?: AbortSignal): Promise<Report> {
  return (await (await ask(reportPath(park, choice, 'json', 'en'), signal)).json()) as Report;
}

export async function fetchPublications(park: string, signal?: AbortSignal): Promise<Publication[]> {
  return ((await (await ask(`${baseOf(park)}/reports`, signal)).json()) as { reports: Publication[] }).reports;
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export async function publishReport(park: string, body: { period: string; set: FactorSet; who: string }): Promise<Publication> {
  return (await (await ask(`${baseOf(park)}/reports`, undefined, post(body))).json()) as Publication;
}

/** Closes the days from first to last: late readings change them no more. */
export async function lockDays(park: string, body: { from: string; to: string; who: string }): Promise<void> {
  await ask(`${baseOf(park)}/ledger/locks`, undefined, post(body));
}
