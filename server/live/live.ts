/**
 * The live line: a Socket.IO namespace per park. A snapshot on connecting, then one update per tick, encoded once per
 * view; whoever misses one gets a snapshot. Knows updates, not where they come from.
 */
import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { type Namespace, Server, type Socket } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../../models/wire/protocol.ts';
import type { Access } from '../access/access.ts';
import type { Metrics } from '../process/metrics.ts';
import { cut } from './engine-connection.ts';
import { acknowledge } from './viewer.ts';
import { type LivePark, Viewers } from './viewers.ts';

export interface LiveTimes {
  /** A viewer may ask for a snapshot this often; more is answered together, once. */
  resync_ms: number;
  /** Between pings, and for the pong: whoever is silent for both together is gone. */
  ping_ms: number;
  /** A viewer that is behind for so long is let go. */
  late_ms: number;
}

const usualTimes: LiveTimes = { resync_ms: 1000, ping_ms: 5000, late_ms: 10_000 };

export interface LiveParts {
  parks: readonly LivePark[];
  access: Access;
  log: Logger;
  metrics: Metrics;
  times?: Partial<LiveTimes>;
}

export interface Live {
  /** Lets go of everybody, and closes the HTTP server. */
  close(): Promise<void>;
}

const oddEvents = 20;
/** No screen says this much in a second; more is an attack or a bug. */
const mostEvents = 100;
/** Viewers say "resync" and "seen": anything larger than this is not one of ours, and not read at all. */
const mostBytes = 100_000;
/** A viewer that was sent away may take this long to hear it. */
const farewell_ms = 1000;

type Viewing = Socket<ClientEvents, ServerEvents>;

export function startLive(http: HttpServer, { parks, access, log, metrics, times }: LiveParts): Live {
  const { resync_ms, ping_ms, late_ms } = { ...usualTimes, ...times };
  const io = new Server<ClientEvents, ServerEvents>(http, {
    maxHttpBufferSize: mostBytes,
    pingInterval: ping_ms,
    pingTimeout: ping_ms,
    connectTimeout: 10_000,
    serveClient: false,
    allowRequest: (request, decide) => decide(access.admits(request) ? null : 'foreign origin', access.admits(request)),
  });
  // Engine.IO closes politely, which somebody who does not read never hears: memory and socket would stay.
  io.engine.on('connection', (connection: Viewing['conn']) => {
    connection.once('close', (reason: string) => {
      if (reason === 'ping timeout') cut(connection);
    });
  });
  // Nothing lives on the root namespace.
  io.use((_socket, next) => next(new Error('unknown park')));

  const everyone = parks.map((park) => {
    const { id } = park.park;
    const viewers = new Viewers({
      park,
      late_ms,
      sent: (bytes) => metrics.sent(id, bytes),
      evicted: () => metrics.evicted(id),
      failed: (error) => log.error({ err: error, park: id }, 'an update did not reach everybody'),
    });
    const namespace: Namespace<ClientEvents, ServerEvents> = io.of(`/parks/${id}`);
    namespace.use((socket, next) => {
      const refused = access.refusal(access.principalOf(socket.request), 'park:read');
      next(refused ? new Error(refused.code) : undefined);
    });
    namespace.on('connection', (socket) => welcome(socket, viewers, id, { access, log, metrics, resync_ms }));
    return viewers;
  });

  return {
    close: async () => {
      for (const viewers of everyone) viewers.close();
      // Closing the transports, not the sockets: viewers then come back by themselves.
      await io.close();
    },
  };
}

interface Setting {
  access: Access;
  log: Logger;
  metrics: Metrics;
  resync_ms: number;
}

function welcome(socket: Viewing, viewers: Viewers, park: string, { access, log, metrics, resync_ms }: Setting): void {
  let due: NodeJS.Timeout | undefined;
  let last = performance.now();
  let odd = 0;
  let second = 0;
  let events = 0;

  const sendAway = () => {
    const { conn } = socket;
    socket.disconnect(true);
    setTimeout(() => cut(conn), farewell_ms).unref();
  };
  const guarded = (event: string, handler: () => void) => {
    try {
      handler();
    } catch (error) {
      log.error({ err: error, event, park }, 'a viewer caused an error');
      sendAway();
    }
  };

  metrics.connected(park, 1);
  const viewer = viewers.join(socket.conn, access.principalOf(socket.request).audience);
  const renew = () => {
    if (due) return;
    const send = () => {
      due = undefined;
      last = performance.now();
      viewers.renew(viewer);
    };
    const wait = last + resync_ms - performance.now();
    if (wait <= 0) send();
    else due = setTimeout(send, wait);
  };
  const oddEvent = () => {
    metrics.oddEvent(park);
    odd++;
    if (odd === 1) log.warn({ park }, 'a viewer says what means nothing here; more of it is only counted');
    if (odd >= oddEvents) sendAway();
  };

  socket.on('disconnect', () => {
    clearTimeout(due);
    viewers.leave(viewer);
    metrics.connected(park, -1);
  });
  socket.onAny((event: string, ...said: unknown[]) =>
    guarded('event', () => {
      const now = Math.floor(performance.now() / 1000);
      events = now === second ? events + 1 : 1;
      second = now;
      if (events > mostEvents) return sendAway();
      if (event === 'resync') return renew();
      const [seq] = said;
      if (event !== 'seen' || typeof seq !== 'number' || !Number.isInteger(seq) || seq < 0) return oddEvent();
      // From a future that this epoch has not: it has seen something else.
      if (!acknowledge(viewer, seq)) renew();
    }),
  );
}
