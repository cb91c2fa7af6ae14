/** The list of parks, each park as GeoJSON, and the reloading of its folder. */
import { createHash } from 'node:crypto';
import type { Audience } from '../../models/access/permissions.ts';
import type { Api } from '../../models/api/api.ts';
import { toDocument } from '../../models/api/park-view.ts';
import type { Park } from '../../models/park/park.ts';
import type { Twin } from '../twin/twin.ts';
import { isoOf } from './instant.ts';
import { type Route, sent } from './route.ts';

export const listParks: Route<Api['listParks']> = {
  answer: ({ parts }) => ({
    parks: [...parts.twins.values()].map(({ park, mode, time }) => ({
      id: park.id,
      name: park.name,
      ...(park.description && { description: park.description }),
      fictional: park.fictional,
      place: park.place,
      timeZone: park.timeZone,
      mode,
      time: isoOf(time),
      assets: park.assets.length,
    })),
  }),
};

interface Written {
  json: string;
  tag: string;
}

/** A park's document is written once per view; a twin whose park is replaced has another park object. */
const written = new WeakMap<Park, Partial<Record<Audience, Written>>>();

function documentOf(twin: Twin, audience: Audience): Written {
  const { park, mode, revision, parts } = twin;
  const known = written.get(park) ?? {};
  written.set(park, known);
  known[audience] ??= tagged(JSON.stringify(toDocument(park, { mode, audience, warnings: parts.warnings, revision })));
  return known[audience];
}

function tagged(json: string): Written {
  return { json, tag: `W/"${createHash('sha256').update(json).digest('base64url').slice(0, 22)}"` };
}

export const readPark: Route<Api['readPark']> = {
  answer: ({ twin, principal, response }) => {
    const { json, tag } = documentOf(twin, principal.audience);
    response.set({ 'Cache-Control': 'private, no-cache', ETag: tag }).type('application/geo+json').send(json);
    return sent;
  },
};

export const reloadPark: Route<Api['reloadPark']> = {
  answer: async ({ twin, parts }) => {
    const { time, ...reloaded } = await parts.reload(twin);
    return { park: twin.park.id, ...reloaded, time: isoOf(time) };
  },
};
