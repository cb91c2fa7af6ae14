import { z } from 'zod';
import type { PointBinding } from './binding.ts';
import { pointerPattern } from './json-pointer.ts';
import { filterFault } from './mqtt-topic.ts';

/** Formats of the time in a message: ISO 8601 with offset, numbers since 1970, or local time without offset. */
export const messageTimes = ['iso', 'unixSeconds', 'unixMillis', 'local'] as const;

const pointerSchema = z.string().regex(pointerPattern, 'a JSON pointer begins with /, such as /ENERGY/Power');

/**
 * Messages are read as the device publishes them: this says where in them the value and its time of measurement are.
 * Pointers are JSON pointers; `array` leads to rows, in which `pointer`, `where` and `time` are then looked up.
 */
export const mqttSchema = z.strictObject({
  type: z.literal('mqtt'),
  /** Topic or filter with + and #. */
  topic: z.string().superRefine((topic, check) => {
    const fault = filterFault(topic);
    if (fault !== null) check.addIssue({ code: 'custom', message: fault });
  }),
  /** Pointer to the value, in the message or in a row of its array. */
  pointer: pointerSchema.default(''),
  /** Absent: the time of arrival. Looked up in the row, else in the message. */
  time: z.strictObject({ pointer: pointerSchema, format: z.enum(messageTimes).default('iso'), timeZone: z.string().optional() }).optional(),
  /** Pointer to an array of rows; each row is a reading. */
  array: pointerSchema.optional(),
  /** Only messages or rows that hold these values. */
  where: z.record(pointerSchema, z.union([z.string(), z.number(), z.boolean()])).optional(),
});

export type MqttSource = z.output<typeof mqttSchema>;

export const mqttBinding: PointBinding<typeof mqttSchema> = {
  schema: mqttSchema,
  mode: 'live',
  timeZone: ({ time }) => time?.timeZone,
  /** Local time without a zone is in the park's zone. A reading that names its interval by the start needs a time. */
  complete: (source, { measure, label }, timeZone, complain) => {
    const { time, array, where } = source;
    const counted = measure === 'mean' || measure === 'energy';
    if (time === undefined && counted && label === 'start') {
      complain('source.time', 'a reading named by the start of its interval has to say when that was', 'Give source.time, or label: end.');
    }
    if (time === undefined && array !== undefined && where === undefined) {
      complain(
        'source.time',
        'the rows of an array would all be of the moment they arrive',
        'Give source.time, or source.where to choose a row.',
      );
    }
    return time?.format === 'local' ? { ...source, time: { timeZone, ...time } } : source;
  },
};
