/**
 * What lies under a Socket.IO connection: its TCP socket and what waits there. Engine.IO has no names of its own for
 * these; everything that reaches below its interface is here.
 */
import type { Socket as Tcp } from 'node:net';
import type { Socket } from 'socket.io';
import type { EncodedMessage } from './message.ts';

export type Connection = Socket['conn'];

interface Packet {
  data?: string | Buffer;
  options?: { wsPreEncodedFrame?: Buffer[] };
}

interface Below {
  writeBuffer: Packet[];
  transport: { socket?: { _socket?: Tcp | null } };
}

const below = (connection: Connection) => connection as unknown as Below;

/** Null for long-polling, which has no socket to call its own. */
export function tcpOf(connection: Connection): Tcp | null {
  return below(connection).transport.socket?._socket ?? null;
}

/** Bytes in this process that the viewer has not taken; what the kernel holds for it (up to 4 MB) cannot be seen. */
export function waitingBytes(connection: Connection): number {
  const { writeBuffer } = below(connection);
  let bytes = tcpOf(connection)?.writableLength ?? 0;
  for (const { data, options } of writeBuffer) bytes += options?.wsPreEncodedFrame?.[0]?.length ?? data?.length ?? 0;
  return bytes;
}

export function write(connection: Connection, { text, binary, frames }: EncodedMessage): void {
  if (connection.transport.name === 'websocket') {
    // The option that Socket.IO's own adapter uses for text.
    connection.write(text, { compress: false, wsPreEncodedFrame: [frames] } as { compress: boolean });
  } else {
    connection.write(text);
    connection.write(binary);
  }
}

/** Ends a connection now, with what waits in process and kernel: closing politely would wait for a viewer that does not read. */
export function cut(connection: Connection): void {
  const tcp = tcpOf(connection);
  if (tcp) tcp.resetAndDestroy();
  else connection.close(true);
}
