/** What a park folder has to know of a way in: one file each beside this one; how it is listened to is in server/sources. */
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
  /** Of `source:`, as park.yaml writes it; its `type` names the way in. */
  schema: Schema;
  /** How time and values come about in a park that has such points. */
  mode: Mode;
  /** Files of a park folder that it reads. */
  files?(source: z.output<Schema>): string[];
  /** The zone that its times are of, where it says one. */
  timeZone?(source: z.output<Schema>): string | undefined;
  /** Complains of what does not fit the point, and fills in what follows from the park's time zone. */
  complete?(source: z.output<Schema>, point: BoundPoint, timeZone: string, complain: Complain): z.output<Schema>;
}
