/**
 * The live line: a Socket.IO namespace per park and a room per audience. A snapshot on connecting, then one update per
 * tick, encoded once per audience; whoever misses one asks for a snapshot. Knows updates, not where they come from.
 */
import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { type Namespace, Server, type Socket } from 'socket.io';
import parser from 'socket.io-msgpack-parser';
import type { Audience, ClientEvents, ServerEvents, Snapshot } from '../models/protocol.ts';
import { audienceOf, mayConnect } from './audience.ts';
import type { Metrics } from './metrics.ts';

/** What the live line needs of a twin. */
export interface LivePark {
  park: { id: string };
  snapshot(audience: Audience): Snapshot;
  update(audience: Audience): Uint8Array | null;
  listeners: Set<{ update(): void; epoch(): void }>;
}

export interface LiveParts {
  parks: readonly LivePark[];
  host: string;
  log: Logger;
  metrics: Metrics;
  /** A viewer may ask for a snapshot this often; more is answered together, once. */
  resync_ms?: number;
}

export interface Live {
  /** Lets go of everybody, and closes the HTTP server. */
  close(): Promise<void>;
}

const oddEvents = 20;
/** No screen asks this often in a second; more is an attack or a bug. */
const mostEvents = 100;
/** Clients only say "resync": anything larger is not one of ours. */
const mostBytes = 4096;

type Park = Namespace<ClientEvents, ServerEvents>;
type Viewer = Socket<ClientEvents, ServerEvents>;

export function startLive(http: HttpServer, { parks, host, log, metrics, resync_ms = 1000 }: LiveParts): Live {
  const io = new Server<ClientEvents, ServerEvents>(http, {
    parser,
    maxHttpBufferSize: mostBytes,
    pingInterval: 5000,
    pingTimeout: 5000,
    connectTimeout: 10_000,
    serveClient: false,
    allowRequest: (request, decide) => decide(mayConnect(request) ? null : 'foreign origin', mayConnect(request)),
  });
  // Nothing lives on the root namespace.
  io.use((_socket, next) => next(new Error('unknown park')));

  const stops = parks.map((park) => {
    const namespace: Park = io.of(`/parks/${park.park.id}`);
    namespace.on('connection', (socket) => welcome(socket, park, { host, log, metrics, resync_ms }));
    const listener = {
      update: () => broadcast(namespace, park, metrics),
      epoch: () => {
        for (const socket of namespace.sockets.values()) socket.emit('snapshot', park.snapshot(audienceOf(socket.request, host)));
      },
    };
    park.listeners.add(listener);
    return () => park.listeners.delete(listener);
  });

  return {
    close: async () => {
      for (const stop of stops) stop();
      // Closing the transports, not the sockets: viewers then come back by themselves.
      await io.close();
    },
  };
}

function broadcast(namespace: Park, park: LivePark, metrics: Metrics): void {
  for (const audience of ['public', 'full'] as const) {
    if (!namespace.adapter.rooms.has(audience)) continue;
    const bytes = park.update(audience);
    if (!bytes) continue;
    metrics.sent(park.park.id, bytes.byteLength);
    // Volatile: a viewer that cannot take it now gets the next one, and a snapshot in between.
    namespace.to(audience).volatile.emit('update', bytes);
  }
}

function welcome(socket: Viewer, park: LivePark, { host, log, metrics, resync_ms }: Required<Omit<LiveParts, 'parks'>>): void {
  const audience = audienceOf(socket.request, host);
  let due: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let odd = 0;
  let second = 0;
  let events = 0;

  const send = () => {
    due = undefined;
    last = performance.now();
    socket.emit('snapshot', park.snapshot(audience));
  };
  const guarded = (event: string, handler: () => void) => {
    try {
      handler();
    } catch (error) {
      log.error({ err: error, event, park: park.park.id }, 'a viewer caused an error');
      socket.disconnect(true);
    }
  };

  metrics.connected(park.park.id, 1);
  socket.on('disconnect', () => {
    clearTimeout(due);
    metrics.connected(park.park.id, -1);
  });
  socket.on('resync', () =>
    guarded('resync', () => {
      if (due) return;
      const wait = last + resync_ms - performance.now();
      if (wait <= 0) send();
      else due = setTimeout(send, wait);
    }),
  );
  socket.onAny((event: string) =>
    guarded('odd event', () => {
      const now = Math.floor(performance.now() / 1000);
      events = now === second ? events + 1 : 1;
      second = now;
      if (events > mostEvents) socket.disconnect(true);
      if (event === 'resync') return;
      metrics.oddEvent(park.park.id);
      odd++;
      if (odd >= oddEvents) socket.disconnect(true);
    }),
  );
  guarded('connection', () => {
    send();
    socket.join(audience);
  });
}
