/** What every way in is: a folder beside this file that exports a Protocol. server/protocols.ts lists them. */
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { z } from 'zod';
import type { Park } from '../../models/park/park.ts';
import type { Mode } from '../../models/park/sources/mode.ts';
import type { SourceType } from '../../models/park/sources/sources.ts';
import type { Reading } from '../../models/telemetry/reading.ts';

export interface Protocol<Settings = unknown> {
  /** Of the points that it is for: `source: {type: …}` in park.yaml. */
  type: SourceType;
  /** What such a `source` may say; the whole binding is in models/park/sources. */
  schema: z.ZodObject;
  /** What the environment says of it. Throws a StartFault that names the variable. */
  settings(env: NodeJS.ProcessEnv): Settings;
  /** Null where the park has no such point. Throws a StartFault. */
  start(park: Park, settings: Settings, parts: StartParts): Promise<Started | null>;
}

export interface StartParts {
  /** Text of a file that park.yaml names. */
  read(file: string): Promise<string>;
  /** Folder of what the server keeps. */
  dataDir: string;
  /** Days of a record that are its past at the first start; null: all before. */
  recorded_days: number | null;
  /** Days of past that simulated meters make up at the first start. */
  simulated_days: number;
  registry: Registry;
  log: Logger;
}

/** One or the other: it is asked at each tick, or hands in by itself. */
export interface Started {
  source?: PolledSource;
  /** Begins when the twin has started. */
  listen?(entrance: Entrance): Feed;
}

/** A source that the twin asks: what was measured since it asked last. */
export interface PolledSource {
  name: string;
  /** Readings that became known after `from` and by `to`, park time. */
  readings(from: number, to: number): Reading[] | Promise<Reading[]>;
  /** First and last time it can say anything about; absent when it always can. */
  span?: { first: number; last: number };
  /** How far back from the start it can fill an empty history, ms, and in what slices it is asked to. */
  history_ms: number;
  slice_ms: number;
  /** Lets go of what it holds; absent when it holds nothing. */
  close?(): Promise<void>;
}

/** The twin as a source that hands in by itself sees it. */
export interface Entrance {
  mode: Mode;
  clock: { now(): number; readonly wall: boolean };
  /** Resolves when committed. */
  accept(readings: readonly Reading[], source: string): Promise<unknown>;
}

export interface Feed {
  /** Ends when all that was heard is stored. */
  stop(): Promise<void>;
}
