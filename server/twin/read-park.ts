/** Reads a park folder with both factor sets, as a twin and its ledger need it. */
import type { Logger } from 'pino';
import { compile } from '../../models/carbon/compile.ts';
import type { Compiled } from '../../models/carbon/step.ts';
import type { Park } from '../../models/park/park.ts';
import type { Problem } from '../../models/park/problems.ts';
import type { ParkSets } from '../ledger/cache.ts';
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
export async function bothSets({ park, folder }: GoodFolder, parkData: string | undefined, log: Logger): Promise<ParkSets> {
  if (park.set === 'lifecycle') return { direct: null, lifecycle: park };
  const { sources = [], fallback = [] } = park.lifecycleLacks ?? {};
  if (sources.length > 0 || fallback.length > 0) return { direct: park, lifecycle: null };
  const other = await loadParkFolder(folder, { PARK_DATA: parkData }, 'lifecycle');
  if (!other.park) log.warn({ park: park.id }, `no life-cycle set: ${other.problems.filter(isError).map(inWords).join(' ')}`);
  // Both share the context (what is only drawn), so that it is in memory once.
  return { direct: park, lifecycle: other.park && { ...other.park, context: park.context } };
}

/** The park with the other set than its own, compiled. */
export function compiledBeside(park: Park, { lifecycle }: ParkSets): Compiled | undefined {
  return lifecycle && lifecycle !== park ? compile(lifecycle) : undefined;
}
