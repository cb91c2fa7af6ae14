import { expect, it } from 'vitest';
import type { Report } from '../../../models/ledger/report/report-shape.ts';
import type { DocumentChange, Documents, StoredDocument } from '../../../server/store/documents.ts';
import { publications, publish, published } from '../../../server/store/published-reports.ts';
import { documentsContract } from './documents-contract.ts';

/** Documents in a map, each change after a turn of the event loop: several who save at once get in each other's way. */
function memoryDocuments(): Documents {
  const kept = new Map<string, StoredDocument>();
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    load: async (name) => {
      await turn();
      return kept.get(name) ?? null;
    },
    names: async (prefix) => [...kept.keys()].filter((name) => name.startsWith(prefix)).sort(),
    save: async (changes) => {
      await turn();
      const isOther = ({ name, from }: DocumentChange) => from !== undefined && from !== (kept.get(name)?.version ?? 0);
      if (changes.some(isOther)) return false;
      for (const { name, bytes } of changes) {
        if (bytes === null) kept.delete(name);
        else kept.set(name, { version: (kept.get(name)?.version ?? 0) + 1, saved: Date.now(), bytes });
      }
      return true;
    },
    clear: async () => kept.clear(),
  };
}

documentsContract('memory', async () => memoryDocuments());

const report = (id: string, mark: number) =>
  ({ period: { id }, set: 'direct', mark, totals: { columns: { 'scope1.mg': mark, 'scope2Location.mg': 1 } } }) as unknown as Report;

it('reports that are published at once get a number each, and each stays as it was published', async () => {
  const documents = memoryDocuments();
  const all = await Promise.all([
    publish(documents, report('2026-10', 1), 'Ada', 0),
    publish(documents, report('2026-10', 2), 'Bo', 0),
    publish(documents, report('2026-11', 3), 'Cy', 0),
    publish(documents, report('2026-10', 4), 'Di', 0),
  ]);
  expect(all.map(({ id }) => id).sort()).toEqual(['2026-10.direct.1', '2026-10.direct.2', '2026-10.direct.3', '2026-11.direct.1']);
  const listed = await publications(documents);
  expect(listed.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
  for (const { id, total_mg } of all) {
    const kept = JSON.parse((await published(documents, id)) ?? 'null');
    expect(kept.totals.columns['scope1.mg'] + 1).toBe(total_mg);
  }
  expect(await published(documents, '2026-10.direct.4')).toBeNull();
});

it('a report that a kill left without a place in the list is published again under its number', async () => {
  const documents = memoryDocuments();
  await documents.save([{ name: 'report:2026-10.direct.1', bytes: new Uint8Array(3) }]);
  expect(await publish(documents, report('2026-10', 7), 'Ada', 0)).toMatchObject({ id: '2026-10.direct.1', total_mg: 8 });
  expect(JSON.parse((await published(documents, '2026-10.direct.1')) ?? '')).toMatchObject({ mark: 7 });
});
