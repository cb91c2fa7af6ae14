/** Reports as they were first published: kept in the park's store, never changed. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Publication } from '../../models/api/report.ts';
import type { Report } from '../../models/ledger/report/report-shape.ts';
import type { Store } from './store.ts';

const list = 'reports';
const nameOf = (id: string) => `report:${id}`;

/** Reports of a store are published one after the other, so that two never get the same number. */
const publishing = new WeakMap<Store, Promise<unknown>>();

export async function publications(store: Store): Promise<Publication[]> {
  const bytes = await store.loadMemory(list);
  return bytes === null ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as Publication[]);
}

/** The JSON text that was published; null when there is none. */
export async function published(store: Store, id: string): Promise<string | null> {
  const bytes = await store.loadMemory(nameOf(id));
  return bytes === null ? null : gunzipSync(bytes).toString('utf8');
}

export function publish(store: Store, report: Report, who: string, at: number): Promise<Publication> {
  const turn = (publishing.get(store) ?? Promise.resolve()).then(() => keep(store, report, who, at));
  publishing.set(
    store,
    turn.catch(() => {}),
  );
  return turn;
}

async function keep(store: Store, report: Report, who: string, at: number): Promise<Publication> {
  const known = await publications(store);
  const stem = `${report.period.id}.${report.set}.`;
  const number = known.filter(({ id }) => id.startsWith(stem)).length + 1;
  const { 'scope1.mg': one = null, 'scope2Location.mg': two = null } = report.totals.columns;
  const publication: Publication = {
    id: `${stem}${number}`,
    period: report.period.id,
    set: report.set,
    who,
    at: new Date(at).toISOString(),
    total_mg: one === null || two === null ? null : one + two,
  };
  // The report is saved before the list, so that every listed report exists even when power fails.
  await store.saveMemory(nameOf(publication.id), gzipSync(JSON.stringify(report)));
  await store.saveMemory(list, new TextEncoder().encode(JSON.stringify([...known, publication])));
  return publication;
}
