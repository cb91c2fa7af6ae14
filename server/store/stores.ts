/** What a running twin keeps its park in. The ledger beside it has threads of its own, which open it by themselves. */
import type { Documents } from './documents.ts';
import type { Journal } from './journal.ts';

export interface Stores {
  journal: Journal;
  documents: Documents;
  /** Finishes all requests, then closes. */
  close(): Promise<void>;
}
