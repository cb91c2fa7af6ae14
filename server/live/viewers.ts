/**
 * The viewers of one park. A round sends all viewers what the tick changed, a slice of them at a time, so that with
 * thousands of viewers readings still come in between. A viewer that missed something gets a snapshot instead, made once
 * for all that need it; a viewer that does not keep up is left out.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { type Audience, audiences } from '../../models/access/permissions.ts';
import { type Snapshot, updateHead } from '../../models/wire/codec.ts';
import type { Connection } from './engine-connection.ts';
import { type EncodedMessage, encodeMessage, placeholder } from './message.ts';
import { createViewer, forget, give, isBehind, leaveOut, takeBack, type Viewer } from './viewer.ts';

/** What the live connection needs of a twin. */
export interface LivePark {
  park: { id: string };
  snapshot(audience: Audience): Snapshot;
  /** The latest tick's update; null when the audience is new to the twin. */
  update(audience: Audience): Uint8Array | null;
  /** Calls the listener after each step; `begins`: of another epoch. Returns what ends that. */
  onStep(listener: (step: { begins: boolean }) => void): () => void;
}

/** A round is divided into about this many slices, but into none smaller than `smallestSlice` viewers. */
const slices = 20;
const smallestSlice = 50;
/** At most this many rounds may wait for the one under way. A viewer that misses a round gets a snapshot. */
const mostRounds = 4;

export interface ViewersParts {
  park: LivePark;
  /** A viewer that is behind for so long is disconnected. */
  late_ms: number;
  sent(bytes: number): void;
  evicted(): void;
  failed(error: unknown): void;
}

export class Viewers {
  private readonly viewers = new Set<Viewer>();
  private readonly snapshots = new Map<Audience, EncodedMessage>();
  private readonly rounds: Partial<Record<Audience, EncodedMessage>>[] = [];
  private going = false;
  private readonly namespace: string;
  private readonly stopListening: () => void;

  constructor(private readonly parts: ViewersParts) {
    this.namespace = `/parks/${parts.park.park.id}`;
    this.stopListening = parts.park.onStep(({ begins }) => (begins ? this.begin() : this.update()));
  }

  join(connection: Connection, audience: Audience): Viewer {
    const viewer = createViewer(connection, audience);
    this.viewers.add(viewer);
    give(viewer, this.snapshot(audience));
    return viewer;
  }

  leave(viewer: Viewer): void {
    this.viewers.delete(viewer);
    forget(viewer);
  }

  /** Sends one viewer a snapshot, now or when it has caught up. It asked, so it reads; what it was sent before does not count. */
  renew(viewer: Viewer): void {
    viewer.unseen = [];
    viewer.needsSnapshot = true;
    this.serve(viewer, undefined);
  }

  close(): void {
    this.stopListening();
    for (const viewer of this.viewers) forget(viewer);
    this.viewers.clear();
  }

  private update(): void {
    this.snapshots.clear();
    const { park, sent } = this.parts;
    const round: Partial<Record<Audience, EncodedMessage>> = {};
    for (const audience of audiences) {
      if (!this.has(audience)) continue;
      const bytes = park.update(audience);
      if (!bytes) continue;
      const { epoch, seq } = updateHead(bytes);
      round[audience] = encodeMessage(this.namespace, { event: 'update', epoch, seq }, placeholder, bytes);
      sent(bytes.byteLength);
    }
    this.start(round);
  }

  /** Another epoch begins: everything that was sent before is no longer valid. */
  private begin(): void {
    this.snapshots.clear();
    for (const viewer of this.viewers) viewer.needsSnapshot = true;
    this.rounds.length = 0;
    this.start({});
  }

  private start(round: Partial<Record<Audience, EncodedMessage>>): void {
    this.rounds.push(round);
    if (this.rounds.length > mostRounds) this.rounds.shift();
    if (!this.going) this.go().catch(this.parts.failed);
  }

  private async go(): Promise<void> {
    this.going = true;
    try {
      for (let round = this.rounds.shift(); round; round = this.rounds.shift()) await this.goRound(round);
    } finally {
      this.going = false;
    }
  }

  private async goRound(round: Partial<Record<Audience, EncodedMessage>>): Promise<void> {
    const everybody = [...this.viewers];
    const slice = Math.max(smallestSlice, Math.ceil(everybody.length / slices));
    for (const [i, viewer] of everybody.entries()) {
      if (i > 0 && i % slice === 0) await breathe();
      if (this.viewers.has(viewer)) this.serve(viewer, round[viewer.audience]);
    }
  }

  private serve(viewer: Viewer, update: EncodedMessage | undefined): void {
    const inEpoch = !viewer.needsSnapshot && update?.epoch === viewer.epoch;
    if (!viewer.needsSnapshot && !update) return;
    if (update && inEpoch && viewer.sent >= update.seq) return;
    if (isBehind(viewer)) {
      leaveOut(viewer, this.parts.late_ms, this.parts.evicted);
      return;
    }
    takeBack(viewer);
    if (update && inEpoch && viewer.sent + 1 === update.seq) give(viewer, update);
    else give(viewer, this.snapshot(viewer.audience));
  }

  private has(audience: Audience): boolean {
    for (const viewer of this.viewers) if (viewer.audience === audience) return true;
    return false;
  }

  private snapshot(audience: Audience): EncodedMessage {
    const made = this.snapshots.get(audience);
    if (made) return made;
    const { values, ...rest } = this.parts.park.snapshot(audience);
    const bytes = values instanceof Uint8Array ? values : new Uint8Array(values);
    const { epoch, seq } = rest;
    const message = encodeMessage(this.namespace, { event: 'snapshot', epoch, seq }, { ...rest, values: placeholder }, bytes);
    this.snapshots.set(audience, message);
    return message;
  }
}
