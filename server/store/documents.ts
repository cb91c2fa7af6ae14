/**
 * Documents: whole things that are kept by name and read as they were written, such as published reports. An asynchronous
 * interface; what any implementation must do is told by test/server/store/documents-contract.ts.
 */

export interface StoredDocument {
  /** 1 at first, one more each time it is saved. */
  version: number;
  /** When it was saved, ms since 1970, by the computer's clock. */
  saved: number;
  bytes: Uint8Array;
}

export interface DocumentChange {
  name: string;
  /** Null: the document is removed. */
  bytes: Uint8Array | null;
  /** The version that it is made from, 0 where there is none yet: saved only if nobody saved another since. Absent: whatever is there. */
  from?: number;
}

export interface Documents {
  /** Null when there is none of this name. */
  load(name: string): Promise<StoredDocument | null>;
  /** Names that begin so, in the order of their bytes (UTF-8). */
  names(prefix: string): Promise<string[]>;
  /**
   * Saves all of it, each name once, in one transaction, or nothing. False, with nothing saved, when a document is of another version than the
   * change was made from: load it again and try once more.
   */
  save(changes: readonly DocumentChange[]): Promise<boolean>;
  /** Removes every document. */
  clear(): Promise<void>;
}
