/** The list of parks, each park as GeoJSON, and the reloading of its folder. */
import { z } from 'zod';
import { factorSets } from '../park/park.ts';
import { isoTime, ofPark } from './fields.ts';
import { operation } from './operation.ts';
import { parkDocument, parkHead } from './park-document.ts';

const parkSummary = z.strictObject({
  ...parkHead,
  time: isoTime.describe('Its clock, ISO 8601'),
  assets: z.int(),
});
export type ParkSummary = z.infer<typeof parkSummary>;

export const listParks = operation({
  method: 'get',
  path: '/parks',
  needs: 'park:read',
  summary: 'The parks of this server',
  description: 'Each with its place and its clock.',
  params: z.strictObject({}),
  answer: { description: 'The parks', schema: z.strictObject({ parks: z.array(parkSummary) }) },
  problems: {},
});

export const readPark = operation({
  method: 'get',
  path: '/parks/{park}',
  needs: 'park:read',
  summary: 'A park as GeoJSON',
  description: 'A FeatureCollection (RFC 7946) with the foreign members `metadata` and `points`: what is where, and what measures it.',
  params: ofPark,
  answer: { description: 'The park', schema: parkDocument, type: 'application/geo+json' },
  problems: { 304: 'As it was' },
});

const changes = z.strictObject({ added: z.int(), removed: z.int(), changed: z.int() });
const reloaded = z.strictObject({
  park: z.string(),
  changed: z.boolean().describe('False: the folder describes the park that runs, and nothing was done'),
  epoch: z.number().describe('The one that runs now'),
  time: isoTime.describe('Its clock, ISO 8601'),
  warnings: z.int().describe('What check found; the park says which they are'),
  assets: changes,
  lines: changes,
  points: changes.describe('Virtual points too'),
  accounting: z
    .array(z.strictObject({ set: z.enum(factorSets), reason: z.string() }))
    .describe('What is accounted otherwise from today on, as a new edition, and why'),
});

export const reloadPark = operation({
  method: 'post',
  path: '/parks/{park}/reload',
  needs: 'park:reload',
  summary: 'Take the changed folder of a park',
  description:
    'Reads the park folder again and goes on with it as another epoch, without a restart: viewers stay connected, and no reading is lost. The past stays as it was accounted. A folder with errors changes nothing.',
  params: ofPark,
  answer: { description: 'What is different now', schema: reloaded },
  problems: {
    409: 'The change needs a restart, and why; or the park is not served from a folder',
    422: 'The folder has errors, which `problems` lists; the park goes on as it was',
    503: 'The server is starting or stopping',
  },
});
