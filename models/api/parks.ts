/** The list of parks, and each park as GeoJSON. */
import { z } from 'zod';
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
