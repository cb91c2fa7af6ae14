/** Points that are bound to columns of files: their readings are replayed on the park's own clock. */
import { csvSchema } from '../../../models/park/sources/csv.ts';
import type { Protocol } from '../source.ts';
import { csvReplay } from './replay.ts';

const day_ms = 86_400_000;
/** At most this many of the rows left out are named in the log. */
const mostSaid = 5;

export const csv: Protocol<null> = {
  type: 'csv',
  schema: csvSchema,
  settings: () => null,
  start: async (park, _settings, { read, recorded_days, log }) => {
    const replay = await csvReplay(park.points, read, recorded_days === null ? undefined : recorded_days * day_ms);
    if (replay === null) return null;
    const { source, faults } = replay;
    for (const { file, line, message } of faults.slice(0, mostSaid)) log.warn({ park: park.id, file, line }, `left out: ${message}`);
    if (faults.length > mostSaid) log.warn({ park: park.id, rows: faults.length }, 'rows and cells left out in all');
    return { source };
  },
};
