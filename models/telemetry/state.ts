/**
 * The state of a twin: the last readings of every point, their typical values, and what each storage holds. No I/O and
 * no clock: the same readings in any order, with duplicates, give the same step for the same time.
 */

import { account } from '../carbon/account.ts';
import type { Compiled, Inputs, Level, Step } from '../carbon/step.ts';
import { startLevels } from '../carbon/storage.ts';
import { zoneOffset } from '../time/local-time.ts';
import { type Bindings, bind } from './bindings.ts';
import { assemble } from './inputs.ts';
import { levelFractions } from './level-fraction.ts';
import { good, meanOver, windowLength } from './point-value.ts';
import type { Reading } from './reading.ts';
import { qualityOf, type StepQuality } from './step-quality.ts';
import { createTypicalBook, learn, type TypicalBook } from './typical.ts';
import { type Values, valuesAt, valuesOver } from './values.ts';
import { createWindow, insert, replace, type Window } from './window.ts';

export interface TwinState {
  compiled: Compiled;
  bindings: Bindings;
  /** By point, in the park's order. */
  windows: Window[];
  typical: TypicalBook;
  /** Storage levels after the last closed interval. Live steps read them; only closed intervals change them. */
  levels: Level[];
}

export interface LiveStep extends Step, StepQuality {
  /** 0…1 of capacity by storage, in the order of compiled.stores: the metered level, else the accounted one. */
  levelFraction: Float64Array;
  /** The values of every point and virtual point. */
  pointValues: Values;
}

const quarter_ms = 900_000;

export function createState(compiled: Compiled): TwinState {
  const { park } = compiled;
  return {
    compiled,
    bindings: bind(compiled),
    windows: park.points.map((point) => createWindow(windowLength(point, park.interval_s))),
    typical: createTypicalBook(zoneOffset(park.timeZone)),
    levels: startLevels(compiled),
  };
}

/** Takes readings in. Those of points that the park does not have are refused earlier, and ignored here. */
export function apply(state: TwinState, readings: readonly Reading[]): void {
  for (const { point, time, value, quality } of readings) {
    const window = windowOf(state, point);
    if (window) insert(window, time, value, quality);
  }
}

/** Two different values arrived for one time: that time stays bad, whatever arrives later. */
export function markConflict(state: TwinState, point: string, time: number): void {
  const window = windowOf(state, point);
  if (window) insert(window, time, null, 'bad');
}

/** A person decided the value of that time: it replaces what arrived, is uncertain, and ends a conflict. */
export function applyDecision(state: TwinState, { point, time, value }: { point: string; time: number; value: number | null }): void {
  const window = windowOf(state, point);
  if (window) replace(window, time, value, 'uncertain');
}

export function setLevels(state: TwinState, levels: Level[]): void {
  if (levels.length !== state.compiled.stores.length) throw new Error('levels of another version of the park');
  state.levels = levels;
}

/** The park at a moment: preliminary, from what is known by then. */
export function step(state: TwinState, time_ms: number): LiveStep {
  const { compiled, bindings } = state;
  const values = valuesAt(compiled.park, bindings, state.windows, state.typical, time_ms);
  const { inputs, heard } = assemble(compiled, bindings, values, time_ms, state.levels, false);
  const accounted = account(compiled, inputs);
  return {
    ...accounted,
    ...qualityOf(compiled, bindings, values, heard, accounted),
    levelFraction: levelFractions(compiled, bindings, state.levels, values),
    pointValues: values,
  };
}

/** Means over [from, to) for closeInterval: registers by difference, instants weighted by the time they held. */
export function intervalInputs(state: TwinState, from: number, to: number): Inputs {
  const { compiled, bindings } = state;
  const values = valuesOver(compiled.park, bindings, state.windows, state.typical, from, to);
  return assemble(compiled, bindings, values, from, state.levels, true).inputs;
}

/**
 * Learns the values of points in the interval [from, to), good ones only, for estimates of later values. Slow points are
 * learnt one cadence later, when their reading has arrived. Must be called for intervals in time order, each once.
 */
export function learnInterval(state: TwinState, from: number, to: number): void {
  for (const [i, meter] of state.bindings.meters.entries()) {
    const { quantity, id } = meter.point;
    if (quantity !== 'power' && quantity !== 'intensity') continue;
    const lag = meter.cadence_ms < quarter_ms ? 0 : Math.ceil(meter.cadence_ms / quarter_ms) * quarter_ms;
    for (let at = Math.ceil(from / quarter_ms) * quarter_ms; at < to; at += quarter_ms) {
      const start = at - lag;
      const mean = meanOver(meter, state.windows[i] as Window, start, start + quarter_ms);
      if (mean.covered >= 0.5 && mean.validity === good) learn(state.typical, id, start, mean.value);
    }
  }
}

function windowOf(state: TwinState, point: string): Window | undefined {
  const index = state.bindings.valueIndex.get(point);
  return index === undefined ? undefined : state.windows[index];
}
