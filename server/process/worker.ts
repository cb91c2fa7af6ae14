/** Requests to a worker thread, with one promise each. When the worker ends, waiting requests are rejected with the reason. */
import { type TransferListItem, Worker } from 'node:worker_threads';
import { threadCode } from './thread-code.ts';

/** The store could not save a request; nothing of that request is stored. */
export class StoreError extends Error {
  override name = 'StoreError';
  constructor(
    readonly code: 'full' | 'closed' | 'failed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface WorkerAnswer {
  id: number;
  result?: unknown;
  error?: { code: 'full' | 'failed'; message: string };
}

export interface WorkerThread {
  /** Resolves when the worker has opened what it needs; it opens on this request. */
  ready(): Promise<void>;
  ask<T>(request: object, transfer?: readonly TransferListItem[]): Promise<T>;
  /** Resolves when the worker has ended by itself. */
  ended: Promise<void>;
}

/**
 * Starts the thread `module`, a TypeScript file, with `settings` as its workerData. `name` is the worker's name in error
 * messages. Throws when its code cannot be made (thread-code.ts).
 */
export async function startWorker(
  module: URL,
  settings: object,
  name = 'store',
  /** Called with each message that the worker sends without a request. */
  told: (message: unknown) => void = () => {},
): Promise<WorkerThread> {
  // Flags of the parent (--import, vitest's own) do not belong in the worker.
  const worker = new Worker(await threadCode(module), { workerData: settings, execArgv: ['--enable-source-maps'] });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let next = 1;
  let failure: StoreError | null = null;

  const giveUp = (error: StoreError) => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      giveUp(new StoreError('closed', `the ${name} is closed`));
      resolve();
    });
  });
  worker.on('error', (cause) => giveUp(new StoreError('failed', `the ${name}'s thread ended: ${cause.message}`, { cause })));

  const ask = <T>(request: object, transfer: readonly TransferListItem[] = []) =>
    new Promise<T>((resolve, reject) => {
      if (failure) return reject(failure);
      const id = next++;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ ...request, id }, transfer);
    });

  worker.on('message', (message: Partial<WorkerAnswer>) => {
    const { id, result, error } = message;
    if (id === undefined) return told(message);
    const request = waiting.get(id);
    waiting.delete(id);
    if (error) request?.reject(new StoreError(error.code, error.message));
    else request?.resolve(result as never);
  });

  return { ready: () => ask<void>({ kind: 'hello' }), ask, ended };
}

/** What a thread serves (serve.ts), as if it were here. `names` are all its methods, so that the compiler names a missing one. */
export function remoteOf<T extends object>(worker: Pick<WorkerThread, 'ask'>, names: Record<keyof T & string, true>): T {
  const call =
    (kind: string) =>
    (...args: unknown[]) =>
      worker.ask({ kind, args });
  return Object.fromEntries(Object.keys(names).map((name) => [name, call(name)])) as T;
}
