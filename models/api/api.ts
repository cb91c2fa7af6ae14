/** Everything that can be asked over HTTP, in the order in which it is described. */
import { readFlows } from './flows.ts';
import { readHistory } from './history.ts';
import { lockPeriod, readLedger, restateLedger, unlockPeriod } from './ledger.ts';
import { readMarks } from './marks.ts';
import { listParks, readPark, reloadPark } from './parks.ts';
import { discardReading, listQuarantine, releaseReading } from './quarantine.ts';
import { postReadings } from './readings.ts';
import { listReports, publishReport, readPublished, readReport } from './report.ts';
import { readSeries } from './series.ts';
import { readSnapshots } from './snapshots.ts';
import { readState } from './state.ts';
import { readSupply } from './supply.ts';

export const api = {
  listParks,
  readPark,
  reloadPark,
  readState,
  readSupply,
  readHistory,
  postReadings,
  listQuarantine,
  releaseReading,
  discardReading,
  readLedger,
  restateLedger,
  lockPeriod,
  unlockPeriod,
  readSeries,
  readSnapshots,
  readMarks,
  readFlows,
  readReport,
  listReports,
  publishReport,
  readPublished,
} as const;

export type Api = typeof api;

/** Types of the operations by method and path, such as `GET /parks/{park}/state`: for clients, without the schemas themselves. */
export type ByRoute = { [N in keyof Api as `${Uppercase<Api[N]['method']>} ${Api[N]['path']}`]: Api[N] };
