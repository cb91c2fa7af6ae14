/** The other end of startWorker: a thread answers requests by the name of a method, one at a time and in order. */
import type { MessagePort } from 'node:worker_threads';
import type { WorkerAnswer } from './worker.ts';

/** A request names the method as its `kind` and has its arguments as a list. */
export interface MethodRequest {
  id: number;
  kind: string;
  args: readonly unknown[];
}

export type Methods = Record<string, (...args: never[]) => unknown>;

/** `what` names the thread in error messages. Ends after the method `close`. `hello` is answered when the thread is ready. */
export function serve(port: MessagePort, methods: Methods, what: string): void {
  let line: Promise<void> = Promise.resolve();
  port.on('message', ({ id, kind, args }: MethodRequest) => {
    line = line.then(async () => {
      let answer: WorkerAnswer;
      try {
        answer = { id, result: await methods[kind]?.(...((args ?? []) as never[])) };
      } catch (error) {
        answer = { id, error: { code: 'failed', message: `${what} failed: ${(error as Error).message}` } };
      }
      try {
        port.postMessage(answer);
      } catch (error) {
        // Nothing that can be sent to another thread.
        port.postMessage({ id, error: { code: 'failed', message: `${what} failed: ${(error as Error).message}` } });
      }
      if (kind === 'close') port.close();
    });
  });
}
