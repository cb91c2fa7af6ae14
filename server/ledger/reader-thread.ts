/** The thread that answers questions about the past. It is not the accounting thread, so that neither waits for the other. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type FollowDirection, follow } from '../../models/carbon/follow.ts';
import type { Park } from '../../models/park/park.ts';
import { createCalendar } from '../../models/time/calendar.ts';
import { openLedgerReading, type StoreFile } from '../database/database.ts';
import { type Methods, serve } from '../process/serve.ts';
import type { LedgerReading } from '../store/ledger-store.ts';
import { makeAnswers } from './answers.ts';
import type { LedgerAnswers, PastFollowed } from './ledger.ts';
import { makeMarkets } from './markets.ts';
import { openPastSteps, type PastStep } from './past-steps.ts';

export interface ReaderSettings {
  ledger: StoreFile;
  park: Park;
}

async function answersFor(store: LedgerReading, park: Park): Promise<LedgerAnswers> {
  const pastStep = await openPastSteps(store, park);
  return {
    ...makeAnswers(store, park),
    markets: makeMarkets(store, createCalendar(park)),
    followed: async (asset, direction, time) => followed(await pastStep(time), asset, direction),
  };
}

async function followed(past: PastStep | null, id: string, direction: FollowDirection): Promise<PastFollowed | null> {
  const { compiled } = past?.schema ?? {};
  // The asset may not have existed then.
  const asset = compiled?.assetIndex.get(id);
  if (!past || !compiled || asset === undefined) return null;
  return { from: past.from, asAccounted: await past.agrees(id), followed: follow(compiled, past.step, asset, direction) };
}

const methods: Methods = {
  // The file is there only when the accountant has made it.
  hello: async () => {
    const { ledger, park } = workerData as ReaderSettings;
    const store = await openLedgerReading(ledger);
    /** Answers for another version of the park from now on. */
    const replacePark = async (next: Park) => void Object.assign(methods, await answersFor(store, next));
    await replacePark(park);
    Object.assign(methods, { replacePark, close: () => store.close() });
  },
};
serve(parentPort as MessagePort, methods, 'the ledger');
