/** Reports as they were first published: documents that are never changed, and the list of them. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Publication } from '../../models/api/report.ts';
import type { Report } from '../../models/ledger/report/report-shape.ts';
import type { Documents } from './documents.ts';

const list = 'reports';
const nameOf = (id: string) => `report:${id}`;

async function listed(documents: Documents): Promise<{ version: number; publications: Publication[] }> {
  const kept = await documents.load(list);
  if (kept === null) return { version: 0, publications: [] };
  return { version: kept.version, publications: JSON.parse(new TextDecoder().decode(kept.bytes)) };
}

export async function publications(documents: Documents): Promise<Publication[]> {
  return (await listed(documents)).publications;
}

/** The JSON text that was published; null when there is none. */
export async function published(documents: Documents, id: string): Promise<string | null> {
  const kept = await documents.load(nameOf(id));
  return kept === null ? null : gunzipSync(kept.bytes).toString('utf8');
}

/** Keeps a report and lists it, both or neither. Its number is the next of its period and set. */
export async function publish(documents: Documents, report: Report, who: string, at: number): Promise<Publication> {
  const bytes = gzipSync(JSON.stringify(report));
  const stem = `${report.period.id}.${report.set}.`;
  const { 'scope1.mg': one = null, 'scope2Location.mg': two = null } = report.totals.columns;
  // Where another was published meanwhile, the list is of another version: this one then gets the number after it.
  for (;;) {
    const { version, publications } = await listed(documents);
    const publication: Publication = {
      id: `${stem}${publications.filter(({ id }) => id.startsWith(stem)).length + 1}`,
      period: report.period.id,
      set: report.set,
      who,
      at: new Date(at).toISOString(),
      total_mg: one === null || two === null ? null : one + two,
    };
    const saved = await documents.save([
      { name: nameOf(publication.id), bytes },
      { name: list, bytes: new TextEncoder().encode(JSON.stringify([...publications, publication])), from: version },
    ]);
    if (saved) return publication;
  }
}
