/** The thread that answers questions about a park's history. It is not the writer's, so that a long question delays no commit. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type Methods, serve } from '../../process/serve.ts';
import { prepareDocumentReading } from './documents.ts';
import { openJournalReading } from './journal-reading.ts';
import type { SqliteFile } from './open.ts';

const methods: Methods = {
  // The file is there only when the writer has made it.
  hello: () => {
    const { db, ...reading } = openJournalReading(workerData as SqliteFile);
    Object.assign(methods, reading, prepareDocumentReading(db));
  },
};
serve(parentPort as MessagePort, methods, 'the store');
