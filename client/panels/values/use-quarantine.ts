/** Readings of the park that were set aside: how many wait for a person, the newest of them, and the request that decides. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { sees } from '../../../models/access/permissions.ts';
import type { AsideAnswer } from '../../../models/api/quarantine.ts';
import { mostAside } from '../../../models/telemetry/quarantine.ts';
import { ask } from '../../live/ask.ts';
import { queries, question } from '../../live/queries.ts';
import { useParkView } from './use-park-view.ts';

const again_ms = 30_000;

const listOf = (park: string) => question('GET /parks/{park}/quarantine', { park, query: { limit: String(mostAside) } });

export interface Quarantine {
  /** Null: not known, or not for this audience. */
  waiting: number | null;
  readings: readonly AsideAnswer[];
}

const nothing: Quarantine = { waiting: null, readings: [] };

/** Requested every `again_ms` while the page is visible. Offline the last count stays; the connection's word says offline. */
export function useQuarantine(): Quarantine {
  const { id, audience } = useParkView().metadata;
  const enabled = sees(audience, 'quarantine:read');
  const { data } = useQuery({ ...listOf(id), enabled, refetchInterval: again_ms, refetchOnWindowFocus: 'always' }, queries);
  return data ?? nothing;
}

export interface Decision {
  ids: readonly number[];
  verb: 'release' | 'discard';
}

/** Sends one decision for several readings, one after the other; stops at the first request that fails. */
export function useDecision() {
  const { id: park } = useParkView().metadata;
  return useMutation(
    {
      mutationFn: async ({ ids, verb }: Decision) => {
        for (const id of ids) await ask(`POST /parks/{park}/quarantine/{id}/${verb}`, { park, id: String(id) });
      },
      onSettled: () => queries.invalidateQueries({ queryKey: listOf(park).queryKey }),
    },
    queries,
  );
}
