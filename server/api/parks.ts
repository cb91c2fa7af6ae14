/** Which parks are here, and each as GeoJSON. */
import { z } from 'zod';
import { toDocument } from '../../models/park/document.ts';
import type { Audience } from '../../models/protocol.ts';
import type { Twin } from '../twin.ts';
import { audienceFor, type Route, twinOf } from './operation.ts';

const text = z.object({ en: z.string(), zh: z.string().optional() });
const mode = z.enum(['live', 'simulated', 'replayed']);
const parkSchema = z.object({
  id: z.string(),
  name: text,
  description: text.optional(),
  fictional: z.boolean(),
  place: z.object({ lon: z.number(), lat: z.number(), country: z.string(), name: text.optional() }),
  timeZone: z.string(),
  mode,
  time: z.string().describe('Its clock, ISO 8601'),
  assets: z.int(),
});

export const listParks: Route = {
  operation: {
    method: 'get',
    path: '/parks',
    summary: 'The parks of this server',
    description: 'Each with its place and its clock.',
    params: {},
    answer: { description: 'The parks', schema: z.object({ parks: z.array(parkSchema) }) },
    problems: {},
  },
  handle: ({ twins }, _request, response) => {
    const parks = [...twins.values()].map(({ park, mode, time }) => ({
      id: park.id,
      name: park.name,
      ...(park.description && { description: park.description }),
      fictional: park.fictional,
      place: park.place,
      timeZone: park.timeZone,
      mode,
      time: new Date(time).toISOString(),
      assets: park.assets.length,
    }));
    response.set('Cache-Control', 'no-store').json({ parks });
  },
};

const documentSchema = z.looseObject({
  type: z.literal('FeatureCollection'),
  features: z
    .array(
      z.looseObject({ type: z.literal('Feature'), id: z.string(), geometry: z.looseObject({}).nullable(), properties: z.looseObject({}) }),
    )
    .describe('Assets, lines and context; properties.feature says which'),
  metadata: z.looseObject({ id: z.string(), mode, audience: z.enum(['public', 'full']) }),
  points: z.array(
    z.looseObject({
      id: z.string(),
      asset: z.string().optional(),
      port: z.string().optional(),
      quantity: z.string(),
      unit: z.string(),
      cadence_s: z.number(),
    }),
  ),
});

/** The park does not change while the server runs: written once per audience. */
const written = new WeakMap<Twin, Map<Audience, string>>();

function documentOf(twin: Twin, audience: Audience): string {
  const known = written.get(twin) ?? new Map<Audience, string>();
  written.set(twin, known);
  let json = known.get(audience);
  if (json === undefined) {
    // What check found names files: for those who run the park.
    const warnings = audience === 'full' ? twin.parts.warnings : [];
    json = JSON.stringify(toDocument(twin.park, { mode: twin.mode, audience, warnings }));
    known.set(audience, json);
  }
  return json;
}

export const readPark: Route = {
  operation: {
    method: 'get',
    path: '/parks/{park}',
    summary: 'A park as GeoJSON',
    description: 'A FeatureCollection (RFC 7946) with the foreign members `metadata` and `points`: what is where, and what measures it.',
    params: { park: 'Id of the park' },
    answer: { description: 'The park', schema: documentSchema, type: 'application/geo+json' },
    problems: { 404: 'There is no such park' },
  },
  handle: (parts, request, response) => {
    const json = documentOf(twinOf(parts, request), audienceFor(parts, request));
    response.set('Cache-Control', 'private, no-cache').type('application/geo+json').send(json);
  },
};
