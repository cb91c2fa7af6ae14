/** The ports that each of the park's totals sums, looked up once per park. */

import { arraysOf } from '../carbon/compiled-arrays.ts';
import type { Compiled } from '../carbon/step.ts';
import { type Carrier, carrierRow, carriers, isBurnt } from '../carriers.ts';
import { type SourceKind, sourceKindRow } from '../energy-sources.ts';

export interface ParkSums {
  /** Ports by carrier of imports, as `purchased.<carrier>.Wh` says. */
  purchased: { name: string; ports: number[] }[];
  /** Imports that count in Scope 2, and those of them that are not electricity, by carrier. */
  scope2: number[];
  scope2Others: { name: string; ports: number[] }[];
  onsite: number[];
  /** End uses of fuel, which is burnt there. */
  burning: number[];
  /** Own generation from sun and wind. */
  carbonFree: number[];
  /** Places of the plants' `stack.mg`. */
  stacks: number[];
  /** Imports of electricity with the part that is free of carbon; NaN where it is unknown. */
  gridShares: { port: number; share: number }[];
  /** Fuels of partly biogenic origin: the ports where they come in, and the ports that burn them. */
  biogenic: { sources: { port: number; gPerKwh: number }[]; burnt: number[] }[];
  /** Line → the name of its carrier's losses; null for lines without. */
  lossOfLine: (string | null)[];
}

/** Whether bought energy was generated elsewhere. Fuels are Scope 1 where they are burnt. */
export function isScope2(carrier: Carrier): boolean {
  return carrierRow(carrier).boughtScope === 2;
}

/** The carriers of Scope 2 without electricity: they have no contracts, so both methods give the same figure. */
export const scope2OtherCarriers: readonly Carrier[] = carriers.filter((carrier) => isScope2(carrier) && carrier !== 'electricity');

export function parkSums(compiled: Compiled, assets: readonly { stack: number }[]): ParkSums {
  const { ports, nodes, park } = compiled;
  const { byRole, electricByRole } = arraysOf(compiled);
  const carrierAt = (p: number) => nodes[ports[p]?.node as number]?.carrier as Carrier;
  const sourceOf = (p: number) => park.sources[ports[p]?.source as number];
  const byCarrier = (which: readonly number[], name: (carrier: Carrier) => string) =>
    carriers.flatMap((carrier) => {
      const own = which.filter((p) => carrierAt(p) === carrier);
      return own.length === 0 ? [] : [{ name: name(carrier), ports: own }];
    });
  const imports = Array.from(byRole.import);
  const scope2 = imports.filter((p) => isScope2(carrierAt(p)));
  return {
    purchased: byCarrier(imports, (carrier) => `purchased.${carrier}.Wh`),
    scope2,
    scope2Others: byCarrier(
      scope2.filter((p) => carrierAt(p) !== 'electricity'),
      (carrier) => `scope2Location.${carrier}.mg`,
    ),
    onsite: [...electricByRole.generation, ...electricByRole.product],
    burning: Array.from(byRole.load).filter((p) => isBurnt(carrierAt(p))),
    carbonFree: Array.from(electricByRole.generation).filter((p) => isCarbonFree(sourceOf(p)?.sourceKind)),
    stacks: assets.map(({ stack }) => stack).filter((at) => at >= 0),
    gridShares: Array.from(electricByRole.import, (port) => {
      const factor = sourceOf(port)?.factor;
      // At least the renewable share is free of carbon.
      return { port, share: factor?.carbonFreeShare ?? factor?.renewableShare ?? Number.NaN };
    }),
    biogenic: carriers.flatMap((carrier) => {
      const of = (which: Int32Array) => Array.from(which).filter((p) => carrierAt(p) === carrier);
      const sources = [...of(byRole.import), ...of(byRole.generation)].map((port) => ({
        port,
        gPerKwh: sourceOf(port)?.factor?.biogenic_gPerKwh ?? 0,
      }));
      if (sources.every(({ gPerKwh }) => gPerKwh === 0)) return [];
      return [{ sources, burnt: [...of(byRole.input), ...of(byRole.load)] }];
    }),
    lossOfLine: park.lines.map(({ loss, carrier }) => (loss > 0 ? `losses.${carrier}.Wh` : null)),
  };
}

function isCarbonFree(kind: SourceKind | undefined): boolean {
  return kind !== undefined && sourceKindRow(kind).carbonFree;
}
