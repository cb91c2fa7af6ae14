/**
 * The live connection: a Socket.IO namespace per park. A viewer gets a snapshot on connecting, then one update per tick,
 * encoded once per view; a viewer that misses one gets a snapshot. This code does not depend on how updates are made.
 */
import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { type Namespace, Server, type Socket } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../../models/wire/codec.ts';
import type { Access } from '../access/access.ts';
import type { Metrics } from '../process/metrics.ts';
import { cut } from './engine-connection.ts';
import { acknowledge } from './viewer.ts';
import { type LivePark, Viewers } from './viewers.ts';

export interface LiveTimes {
  /** A viewer gets at most one snapshot on request in this time; further requests are answered together, once. */
  resync_ms: number;
  /** Time between pings, and time allowed for the pong: a viewer that is silent for both together is disconnected. */
  ping_ms: number;
  /** A viewer that is behind for so long is disconnected. */
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
  /** Disconnects all viewers, and closes the HTTP server. */
  close(): Promise<void>;
}

const oddEvents = 20;
/** At most this many events may come from a viewer in a second; more is an attack or a bug. */
const mostEvents = 100;
/** Viewers send only "resync" and "seen": a message larger than this is not from our client, and not read at all. */
const mostBytes = 100_000;
/** Time for a viewer to receive that it was disconnected; then its connection is cut. */
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
  // Engine.IO's own close waits for the viewer: if that does not read, its memory and socket would stay.
  io.engine.on('connection', (connection: Viewing['conn']) => {
    connection.once('close', (reason: string) => {
      if (reason === 'ping timeout') cut(connection);
    });
  });
  // The root namespace is not used.
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
      // This closes the transports, not the sockets, so viewers reconnect by themselves.
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
      // A seq that was not sent in this epoch yet: the viewer has seen something else and needs a snapshot.
      if (!acknowledge(viewer, seq)) renew();
    }),
  );
}
