/** Which parks are here, and each as GeoJSON. */
import type { Audience } from '../../models/access/view.ts';
import type { Api } from '../../models/api/api.ts';
import { toDocument } from '../../models/api/park-view.ts';
import type { Twin } from '../twin.ts';
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

/** The park does not change while the server runs: written once per view. */
const written = new WeakMap<Twin, Partial<Record<Audience, string>>>();

function documentOf(twin: Twin, audience: Audience): string {
  const known = written.get(twin) ?? {};
  written.set(twin, known);
  known[audience] ??= JSON.stringify(toDocument(twin.park, { mode: twin.mode, audience, warnings: twin.parts.warnings }));
  return known[audience];
}

export const readPark: Route<Api['readPark']> = {
  answer: ({ twin, principal, response }) => {
    response.set('Cache-Control', 'private, no-cache').type('application/geo+json').send(documentOf(twin, principal.audience));
    return sent;
  },
};
