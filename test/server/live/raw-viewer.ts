/**
 * A viewer without a Socket.IO library: a WebSocket and the few packets of Engine.IO 4 and Socket.IO 5 that it needs.
 * Cheap enough for thousands in one process, and free to say what no library would.
 */
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';

export interface RawViewer {
  socket: WebSocket;
  /** Below the WebSocket: to stall, or to see that it was cut. */
  tcp(): Socket;
  /** Events by name; of updates and snapshots alike the second frame is counted in `binaries`. */
  events: Record<string, number>;
  binaries: number;
  /** Time from opening to the connection to the namespace. */
  joined: Promise<void>;
  closed: Promise<void>;
  isClosed(): boolean;
  /** What the server answered to the connection, when it refused. */
  refusal: string | null;
}

export interface RawOptions {
  namespace?: string;
  /** Acknowledges snapshots and every second update, as the page does; else it is a stock viewer. */
  acknowledges?: boolean;
  pongs?: boolean;
  headers?: Record<string, string>;
  onBinary?: (bytes: Buffer, event: string) => void;
}

export function rawViewer(url: string, options: RawOptions = {}): RawViewer {
  const { namespace = '/parks/sample', acknowledges = false, pongs = true, headers = {}, onBinary } = options;
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  let join = () => {};
  let event = '';
  let seq: number | undefined;
  let closed = false;
  const viewer: RawViewer = {
    socket,
    tcp: () => (socket as unknown as { _socket: Socket })._socket,
    events: {},
    binaries: 0,
    joined: new Promise((resolve) => {
      join = resolve;
    }),
    closed: new Promise((resolve) =>
      socket.once('close', () => {
        closed = true;
        resolve();
      }),
    ),
    isClosed: () => closed,
    refusal: null,
  };
  socket.on('error', (error) => {
    viewer.refusal ??= error.message;
  });
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) {
      viewer.binaries++;
      onBinary?.(data, event);
      // Updates carry their seq in the bytes, snapshots in the text.
      const saw = event === 'update' ? data.readUInt32LE(16) : seq;
      if (acknowledges && saw !== undefined && (event === 'snapshot' || saw % 2 === 0)) socket.send(`42${namespace},["seen",${saw}]`);
      return;
    }
    const text = data.toString();
    if (text.startsWith('0')) socket.send(`40${namespace},`);
    else if (text === '2' && pongs) socket.send('3');
    else if (text.startsWith('40')) join();
    else if (text.startsWith('44')) viewer.refusal = text;
    else if (text.startsWith('45')) {
      event = /\["(\w+)"/.exec(text)?.[1] ?? '';
      viewer.events[event] = (viewer.events[event] ?? 0) + 1;
      seq = event === 'snapshot' ? Number(/"seq":(\d+)/.exec(text)?.[1]) : undefined;
    }
  });
  return viewer;
}

/** Of a state, not of a time: a machine that does other things as well may take long. */
export async function until(condition: () => boolean, what: string, patience_ms = 20_000): Promise<void> {
  const end = performance.now() + patience_ms;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
