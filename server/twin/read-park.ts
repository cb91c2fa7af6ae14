/** Reads a park folder with both factor sets, as a twin and its ledger need it. */
import type { Logger } from 'pino';
import { type Bases, basesOf } from '../../models/carbon/basis.ts';
import { factorSetOf, type Park } from '../../models/park/park.ts';
import type { Problem } from '../../models/park/problems.ts';
import { loadParkFolder, type ParkFolder } from './park-folder.ts';

/** A folder that holds a park; it may have warnings. */
export interface GoodFolder extends ParkFolder {
  park: Park;
}

export function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** One line a problem. */
export function inWords({ file, feature, field, message, mend }: Problem): string {
  return `  ${[file, feature, field].filter((part) => part !== undefined).join(' › ')}: ${message} ${mend}`;
}

/** The park, and the same park built with life-cycle factors where it has one for every source. */
export async function readBases({ park, folder }: GoodFolder, parkData: string | undefined, log: Logger): Promise<Bases> {
  if (factorSetOf(park) === 'lifecycle') return basesOf(park);
  const { sources = [], fallback = [] } = park.lifecycleLacks ?? {};
  if (sources.length > 0 || fallback.length > 0) return basesOf(park);
  const other = await loadParkFolder(folder, { PARK_DATA: parkData }, 'lifecycle');
  if (!other.park) log.warn({ park: park.id }, `no life-cycle set: ${other.problems.filter(isError).map(inWords).join(' ')}`);
  // Both share the context (what is only drawn), so that it is in memory once.
  return other.park ? basesOf(park, { ...other.park, context: park.context }) : basesOf(park);
}
