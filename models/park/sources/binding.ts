/** What a park folder can state for a way in: one file each in this folder. server/sources receives its readings. */
import type { z } from 'zod';
import type { Mode } from './mode.ts';

/** What is wrong with a point: the field, why, and how to mend it. */
export type Complain = (field: string, message: string, mend: string) => void;

/** The fields of a point of park.yaml that a binding may have to fit. */
export interface BoundPoint {
  measure: 'mean' | 'instant' | 'energy' | 'register';
  label: 'start' | 'end';
}

export interface PointBinding<Schema extends z.ZodObject = z.ZodObject> {
  /** Schema of `source:` in park.yaml; its `type` names the way in. */
  schema: Schema;
  /** Whether a park with such points is live, simulated or replayed. */
  mode: Mode;
  /** Files of a park folder that it reads. */
  files?(source: z.output<Schema>): string[];
  /** Time zone of its times, where it states one. */
  timeZone?(source: z.output<Schema>): string | undefined;
  /** Reports what does not fit the point, and fills in what follows from the park's time zone. */
  complete?(source: z.output<Schema>, point: BoundPoint, timeZone: string, complain: Complain): z.output<Schema>;
}
