/** Readings of the park that were set aside: how many wait for a person, the newest of them, and what a person decides. */
import { create } from 'zustand';

export interface AsideReading {
  id: number;
  point: string;
  /** ISO 8601. */
  time: string;
  value: number | null;
  reason: string;
  message: string;
}

export interface Quarantine {
  /** Null: not known, or not for this audience. */
  waiting: number | null;
  readings: readonly AsideReading[];
  /** What the server said to a decision that it did not take. */
  trouble: string | null;
}

const nothing: Quarantine = { waiting: null, readings: [], trouble: null };
export const useQuarantine = create<Quarantine>(() => nothing);

const again_ms = 30_000;
/** As many as the server gives at once. */
const newest = 200;

async function refresh(base: string, signal?: AbortSignal): Promise<void> {
  const response = await fetch(`${base}?limit=${newest}`, { ...(signal ? { signal } : {}) });
  if (!response.ok) return;
  const { waiting, readings } = (await response.json()) as Pick<Quarantine, 'waiting' | 'readings'>;
  useQuarantine.setState({ waiting, readings });
}

const baseOf = (park: string) => `/api/v1/parks/${encodeURIComponent(park)}/quarantine`;

/** Asks now and then while the page is seen; returns how to stop. The count is of the past half minute, not of a tick. */
export function followQuarantine(park: string): () => void {
  const stop = new AbortController();
  const ask = () => {
    // Without a connection the last count stands; the line says that it is down.
    if (!document.hidden) refresh(baseOf(park), stop.signal).catch(() => {});
  };
  ask();
  const timer = setInterval(ask, again_ms);
  document.addEventListener('visibilitychange', ask);
  return () => {
    stop.abort();
    clearInterval(timer);
    document.removeEventListener('visibilitychange', ask);
    useQuarantine.setState(nothing);
  };
}

/** One decision about several readings, one after the other; stops at the first that cannot be decided so. */
export async function decide(park: string, ids: readonly number[], decision: 'release' | 'discard'): Promise<void> {
  const base = baseOf(park);
  let trouble: string | null = null;
  try {
    for (const id of ids) {
      const response = await fetch(`${base}/${id}/${decision}`, { method: 'POST' });
      if (response.ok) continue;
      trouble = ((await response.json()) as { message: string }).message;
      break;
    }
    await refresh(base);
  } catch (error) {
    trouble = String(error);
  }
  useQuarantine.setState({ trouble });
}
