/** Usual proportions, by kind and ports, of a converter for which the park folder states none. */
import { type Carrier, isFuel } from '../carriers.ts';
import { carrierOf, directionOf, type PortId } from '../units.ts';
import type { Conversion } from './kind.ts';
import { type AssetKind, kindRow } from './kinds.ts';

/** Null where the kind converts nothing, or the ports are unusual for it: the park folder then has to state the conversion. */
export function usualConversion(kind: AssetKind, ports: readonly PortId[]): Conversion | null {
  const row = kindRow(kind);
  if (row.role !== 'converter') return null;
  const side = (direction: 'in' | 'out') => ports.filter((port) => directionOf(port) === direction).map(carrierOf);
  const [taken, given] = [side('in'), side('out')];
  if (taken.length === 0 || given.length === 0) return null;
  const fuel = taken.find(isFuel);
  for (const { inputs, outputs } of row.conversions) {
    const { fuel: ofFuel, ...named } = inputs;
    const takes: Conversion['inputs'] = ofFuel !== undefined && fuel !== undefined ? { ...named, [fuel]: ofFuel } : named;
    const fits = taken.every((carrier) => takes[carrier] !== undefined) && given.every((carrier) => outputs[carrier] !== undefined);
    if (fits) return { inputs: only(takes, taken), outputs: only(outputs, given) };
  }
  return null;
}

function only(all: Partial<Record<Carrier, number>>, carriers: readonly Carrier[]): Partial<Record<Carrier, number>> {
  return Object.fromEntries(carriers.map((carrier) => [carrier, all[carrier]])) as Partial<Record<Carrier, number>>;
}
