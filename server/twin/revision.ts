/** Which version of a park a document or snapshot is of: another one whenever anything that a client knows of it has changed. */
import { createHash } from 'node:crypto';
import { toDocument } from '../../models/api/park-view.ts';
import type { Park } from '../../models/park/park.ts';
import type { Problem } from '../../models/park/problems.ts';
import { modeOf } from '../../models/park/sources/sources.ts';

const none: readonly Problem[] = [];
const made = new WeakMap<Park, { warnings: readonly Problem[]; revision: string }>();

/**
 * The same for all views: made of the whole document, the fullest view. A document of a megabyte takes some 15 ms, once.
 * `warnings` are those the document shows.
 */
export function revisionOf(park: Park, warnings = none): string {
  const known = made.get(park);
  if (known?.warnings === warnings) return known.revision;
  const document = toDocument(park, { mode: modeOf(park), audience: 'full', warnings, revision: '' });
  const revision = createHash('sha256').update(JSON.stringify(document)).digest('base64url').slice(0, 16);
  made.set(park, { warnings, revision });
  return revision;
}
