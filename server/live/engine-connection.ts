/**
 * What is below a Socket.IO connection: its TCP socket and the bytes that wait there. Engine.IO has no public names for
 * these; all code that goes below its interface is in this file.
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

/** Null for long-polling, which has no TCP socket of its own. */
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

/** Ends a connection now and drops what waits in process and kernel: a normal close waits for a viewer that does not read. */
export function cut(connection: Connection): void {
  const tcp = tcpOf(connection);
  if (tcp) tcp.resetAndDestroy();
  else connection.close(true);
}
