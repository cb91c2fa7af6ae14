/**
 * What `strace -f -yy -xx` saw of a server, as events in order. The tracer holds a thread at the beginning and at the end
 * of a call, so a call whose end was seen before another's beginning was over before that one ran.
 */

export interface TraceEvent {
  kind: 'received' | 'sent' | 'walWrite' | 'walSync';
  /** Places in the trace: `begun` is where the call was entered, `ended` where it returned. */
  begun: number;
  ended: number;
  /** `local->remote` of a connection; empty for the file. */
  connection: string;
  bytes: Buffer;
}

const kinds: Record<string, 'received' | 'sent'> = {
  read: 'received',
  readv: 'received',
  recvfrom: 'received',
  recvmsg: 'received',
  write: 'sent',
  writev: 'sent',
  sendto: 'sent',
  sendmsg: 'sent',
};
export const tracedCalls = [...Object.keys(kinds), 'pwrite64', 'fsync', 'fdatasync'];

/** Takes lines one by one; `tell` gets the events in the order in which they ended. */
export function traceReader(tell: (event: TraceEvent) => void): (line: string) => void {
  let at = 0;
  const open = new Map<string, { begun: number; text: string }>();
  return (line) => {
    at++;
    const match = /^(\d+)\s+(.*)$/s.exec(line);
    if (!match) return;
    const [, pid, said] = match as unknown as [string, string, string];
    if (said.endsWith('<unfinished ...>')) {
      open.set(pid, { begun: at, text: said.slice(0, -'<unfinished ...>'.length) });
      return;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(said);
    const before = resumed ? open.get(pid) : undefined;
    open.delete(pid);
    const event = read(`${before?.text ?? ''}${resumed ? resumed[1] : said}`);
    if (event) tell({ ...event, begun: before?.begun ?? at, ended: at });
  };
}

function read(call: string): Omit<TraceEvent, 'begun' | 'ended'> | null {
  const match = /^(\w+)\(\d+<((?:->|\\x[0-9a-f]{2}|[^>\\])*)>(.*)= (\d+)$/s.exec(call);
  if (!match) return null;
  const [, name, rawTarget, rest] = match as unknown as [string, string, string, string];
  const target = rawTarget.replace(/\\x([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  const bytes = () =>
    Buffer.from([...rest.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex]) => hex?.replaceAll('\\x', '')).join(''), 'hex');
  if (target.endsWith('.sqlite-wal')) {
    if (name === 'fsync' || name === 'fdatasync') return { kind: 'walSync', connection: '', bytes: Buffer.alloc(0) };
    return name === 'pwrite64' ? { kind: 'walWrite', connection: '', bytes: bytes() } : null;
  }
  const connection = /^TCP:\[(.*)\]$/.exec(target)?.[1];
  const kind = kinds[name];
  return connection && kind ? { kind, connection, bytes: bytes() } : null;
}
