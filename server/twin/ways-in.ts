/** Starts what the points of a park are bound to: sources that are asked, and feeds that hand in by themselves. */
import type { Park } from '../../models/park/park.ts';
import type { Entrance, Feed, PolledSource, Protocol, Started, StartParts } from '../sources/source.ts';

export interface WaysIn {
  /** Asked at each tick. */
  sources: PolledSource[];
  /** Starts the feeds. */
  listen(entrance: Entrance): Feed;
  /** Lets go of the sources, where no twin has taken them. */
  close(): Promise<void>;
}

/** `settings`: of each protocol, by its type. Throws a StartFault; then nothing is left running. */
export async function startWaysIn(
  park: Park,
  protocols: readonly Protocol[],
  settings: Readonly<Record<string, unknown>>,
  parts: StartParts,
): Promise<WaysIn> {
  const results = await Promise.allSettled(protocols.map(({ type, start }) => start(park, settings[type], parts)));
  const started = results.flatMap((one): Started[] => (one.status === 'fulfilled' && one.value ? [one.value] : []));
  const sources = started.flatMap(({ source }) => source ?? []);
  const close = async () => {
    // A thread that failed has ended already.
    for (const source of sources) await source.close?.().catch(() => {});
  };
  const failed = results.find((one) => one.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  return {
    sources,
    listen: (entrance) => {
      const feeds = started.flatMap(({ listen }) => listen?.(entrance) ?? []);
      return { stop: async () => void (await Promise.all(feeds.map((feed) => feed.stop()))) };
    },
    close,
  };
}
