/** Tells those who listen of each step of a twin: its views, the live viewers, and whatever else is made of what is known now. */
import type { Logger } from 'pino';
import type { Moment } from './views.ts';

export interface ToldStep extends Moment {
  /** An epoch begins with this step: what was sent before is no longer valid, and the park itself may be another. */
  begins: boolean;
}

/** Called at once, within the tick: what takes long is to be done later. */
export type StepListener = (step: ToldStep) => void;

export interface Steps {
  /** Returns what ends the listening. */
  listen(listener: StepListener): () => void;
  /** Calls the listeners in the order in which they were added. One that throws is logged, and hinders no other. */
  tell(moment: Moment, begins: boolean): void;
}

export function makeSteps(park: string, log: Logger): Steps {
  // Wrapped, so that the same function may listen twice and end once.
  const listeners = new Set<{ hear: StepListener }>();
  return {
    listen: (hear) => {
      const listener = { hear };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: (moment, begins) => {
      const step = { ...moment, begins };
      for (const { hear } of listeners) {
        try {
          hear(step);
        } catch (error) {
          log.error({ err: error, park }, 'a listener failed at a step');
        }
      }
    },
  };
}
