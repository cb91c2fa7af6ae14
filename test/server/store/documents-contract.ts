/** What every store of documents must do, whatever keeps it. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Documents } from '../../../server/store/documents.ts';

const bytes = (...of: number[]) => Uint8Array.from(of);

/** `open` is called once; what it keeps is removed between tests. */
export function documentsContract(name: string, open: () => Promise<Documents>): void {
  describe(`documents in ${name}`, () => {
    let documents: Documents;
    beforeAll(async () => {
      documents = await open();
    });
    beforeEach(() => documents.clear());

    it('are kept by name, the newest version of each', async () => {
      expect(await documents.load('typical')).toBeNull();
      expect(await documents.save([{ name: 'typical', bytes: bytes(1, 2) }])).toBe(true);
      expect(await documents.load('typical')).toMatchObject({ version: 1, bytes: bytes(1, 2) });
      await documents.save([{ name: 'typical', bytes: bytes() }]);
      const kept = await documents.load('typical');
      expect(kept).toMatchObject({ version: 2, bytes: bytes() });
      expect(Math.abs(Date.now() - (kept?.saved ?? 0))).toBeLessThan(60_000);
    });

    it('are listed by the beginning of their names, in order, whatever characters those have', async () => {
      for (const one of ['b:2', 'a:1', 'b:1', 'B:1', 'b%', 'b_', '报告:1']) await documents.save([{ name: one, bytes: bytes(1) }]);
      expect(await documents.names('b:')).toEqual(['b:1', 'b:2']);
      expect(await documents.names('b%')).toEqual(['b%']);
      expect(await documents.names('报')).toEqual(['报告:1']);
      expect(await documents.names('')).toEqual(['B:1', 'a:1', 'b%', 'b:1', 'b:2', 'b_', '报告:1']);
    });

    it('are saved together or not at all, and only if nobody saved another since', async () => {
      const change = (name: string, from?: number) => ({ name, bytes: bytes(9), ...(from !== undefined && { from }) });
      expect(await documents.save([change('new', 0), change('other')])).toBe(true);
      expect(await documents.save([change('third'), change('new', 0)])).toBe(false);
      expect(await documents.load('third')).toBeNull();
      expect(await documents.save([change('third'), change('new', 1)])).toBe(true);
      expect(await documents.load('new')).toMatchObject({ version: 2 });
      // Of two who made theirs from the same version one is told to try again.
      const both = await Promise.all([documents.save([change('new', 2)]), documents.save([change('new', 2)])]);
      expect(both.sort()).toEqual([false, true]);
    });

    it('are removed, and then made anew', async () => {
      await documents.save([{ name: 'a', bytes: bytes(1) }]);
      expect(await documents.save([{ name: 'a', bytes: null, from: 1 }])).toBe(true);
      expect(await documents.load('a')).toBeNull();
      expect(await documents.save([{ name: 'a', bytes: null }])).toBe(true);
      expect(await documents.save([{ name: 'a', bytes: bytes(2), from: 0 }])).toBe(true);
      expect(await documents.load('a')).toMatchObject({ version: 1 });
    });
  });
}
