/** The live connection for programs: messages of a park's Socket.IO namespace, from the types of models/wire/codec.ts. */

import { audiences } from '../../models/access/permissions.ts';
import { totalNames } from '../../models/carbon/step.ts';
import { sourceKinds } from '../../models/energy-sources.ts';
import type { ClientEvents, ServerEvents, Snapshot } from '../../models/wire/codec.ts';
import type { AsyncMessage } from './asyncapi-parts.ts';
import type { JsonSchema } from './openapi.ts';

const number = (description: string): JsonSchema => ({ type: 'number', description });
const whole = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });

/** A field of an update. With `many`, as many values follow each other as `count` says. */
export interface BinaryField {
  name: string;
  type: 'float64' | 'float32' | 'uint32';
  many?: true;
  description: string;
}

/** The fields in order, without gaps, little endian: what encodeUpdate writes. */
const updateFields: readonly BinaryField[] = [
  { name: 'epoch', type: 'float64', description: 'Which run of the twin; another one than before means: ask for a snapshot' },
  { name: 'time', type: 'float64', description: "The park's time, ms since 1970" },
  { name: 'seq', type: 'uint32', description: 'One more than that of the update or snapshot before; a gap means: ask for a snapshot' },
  { name: 'count', type: 'uint32', description: 'How many slots changed' },
  { name: 'slots', type: 'uint32', many: true, description: 'Which slots' },
  { name: 'values', type: 'float32', many: true, description: 'Their values now, absolute; NaN is unknown' },
];

const snapshotFields: Record<keyof Snapshot, JsonSchema> = {
  park: { type: 'string', description: 'Id of the park' },
  revision: { type: 'string', description: "Another one than metadata.revision of the park's document means: ask for the document again" },
  audience: { enum: [...audiences], description: 'Who it is made for; decides which slots there are' },
  epoch: number('Which run of the twin: when it began, ms since 1970'),
  seq: whole('The next update has one more'),
  time: number("The park's time, ms since 1970"),
  base: number('Slots named `sampled` count seconds from here, ms since 1970'),
  mode: { enum: ['live', 'simulated', 'replayed'], description: "How the park's values come about" },
  speed: number('Park seconds per second'),
  preliminary: { type: 'boolean', description: 'Live values are; the ledger has those that count' },
  values: { type: 'string', format: 'binary', description: 'A binary attachment: one float32 per slot, little endian; NaN is unknown' },
};

const sharesOf = `${sourceKinds.length} shares (${sourceKinds.join(', ')})`;

/** The order of layoutOf in models/wire/layout.ts, in words. */
const slotOrder = [
  `Slots, in this order: the totals ${totalNames.join(', ')}; ${sharesOf} of the park's electricity.`,
  `Then of each asset of the park's document: intensity (gCO2e/kWh), idle (1 while nothing flows through the ports it is about; of what consumes the public is told where it has no intensity; none of storages and of what only passes on), quality, estimated share, ${sharesOf}, attributed* and stack* (kgCO2e/h), level* (only of storages), and of each of its ports: power* (kW), quality, sampled (s), and intensity (gCO2e/kWh, of ports that give; * of those that use up, where an asset has several or does something else besides).`,
  'Then of each line: power* (kW), intensity, whether it is modelled (1). Then of each unmetered rest: power* (kW), whether its meters are in conflict (1).',
  'Those with * exist for the audience `full` only. A quality is origin + 5 · validity + 15 · freshness.',
].join(' ');

/** By event, so that none can be left out. */
export const serverMessages: Record<keyof ServerEvents, AsyncMessage> = {
  snapshot: {
    name: 'snapshot',
    title: 'The whole state of the park',
    summary: 'On connecting, when asked for, and to whoever missed something',
    description: slotOrder,
    contentType: 'application/json',
    payload: { type: 'object', required: Object.keys(snapshotFields), properties: snapshotFields },
  },
  update: {
    name: 'update',
    title: 'What one tick changed',
    summary: 'One binary argument of 24 + 8 · count bytes',
    description: `Little endian, without gaps: ${updateFields.map(({ name, type, many }) => `${many ? 'count × ' : ''}${type} ${name}`).join(' · ')}.`,
    contentType: 'application/octet-stream',
    payload: { type: 'string', format: 'binary', 'x-little-endian': updateFields },
  },
};

export const clientMessages: Record<keyof ClientEvents, AsyncMessage> = {
  resync: {
    name: 'resync',
    title: 'Send me a snapshot',
    summary: 'After a gap in seq, another epoch, or a sleep; answered at most once a second',
    contentType: 'application/json',
    payload: { type: 'null', description: 'No argument' },
  },
  seen: {
    name: 'seen',
    title: 'What was taken',
    summary:
      'Who says so for every snapshot and at least every second update is measured to the screen: left out while it does not keep up',
    contentType: 'application/json',
    payload: whole('Seq of the snapshot or update that was taken'),
  },
};
