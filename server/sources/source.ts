/** The interface of source protocols: a folder beside this file exports a Protocol, and server/all-sources.ts lists it. */
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { z } from 'zod';
import type { Park } from '../../models/park/park.ts';
import type { SourceType } from '../../models/park/sources/sources.ts';
import type { Reading } from '../../models/telemetry/reading.ts';

export interface Protocol<Settings = unknown> {
  /** Type of the points that it is for: `source: {type: …}` in park.yaml. */
  type: SourceType;
  /** Fields of such a `source`; the whole binding is in models/park/sources. */
  schema: z.ZodObject;
  /** Reads its settings from the environment. Throws a StartFault that names the variable. */
  settings(env: NodeJS.ProcessEnv): Settings;
  /** Null where the park has no such point. Throws a StartFault. */
  start(park: Park, settings: Settings, parts: StartParts): Promise<Started | null>;
}

export interface StartParts {
  /** Text of a file that park.yaml names. */
  read(file: string): Promise<string>;
  /** Folder where the server keeps its files. */
  dataDir: string;
  /** Days of a record that become its history at the first start; null: everything before the start. */
  recorded_days: number | null;
  /** Days of history that simulated meters make up at the first start. */
  simulated_days: number;
  /** The park runs on the wall clock: not at another speed or time, and it replays nothing. */
  wall: boolean;
  registry: Registry;
  log: Logger;
}

/** Either `source`, which is asked at each tick, or `listen`, for a source that delivers readings by itself. */
export interface Started {
  source?: PolledSource;
  /** Called when the twin has started. */
  listen?(entrance: Entrance): Feed;
}

/** A source that the twin asks for what was measured since the last time. */
export interface PolledSource {
  name: string;
  /** Readings that became known after `from` and by `to`, park time. */
  readings(from: number, to: number): Reading[] | Promise<Reading[]>;
  /** First and last time that it has readings of; absent when it is not limited. */
  span?: { first: number; last: number };
  /** How far back from the start it can fill an empty history, ms, and in what slices it is asked to. */
  history_ms: number;
  slice_ms: number;
  /** Releases what it holds; absent when it holds nothing. */
  close?(): Promise<void>;
}

/** What a source that delivers readings by itself may use of the twin. */
export interface Entrance {
  /** Park time, ms since 1970. */
  now(): number;
  /** Resolves when committed. */
  accept(readings: readonly Reading[], source: string): Promise<unknown>;
}

export interface Feed {
  /** Resolves when everything that was received is stored. */
  stop(): Promise<void>;
}
