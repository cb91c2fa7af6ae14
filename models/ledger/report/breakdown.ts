/** The parts of a period's totals: end uses, places where carbon enters, and plants. */

import type { Compiled } from '../../carbon/step.ts';
import { type Carrier, carriers, isBurnt, isFuel } from '../../carriers.ts';
import { type SourceKind, sourceKinds } from '../../energy-sources.ts';
import { type AssetKind, kindRow } from '../../kinds/kinds.ts';
import { givenPorts, type PortRole } from '../../kinds/roles.ts';
import type { Asset, Text } from '../../park/park.ts';
import { carrierOf, type PortId } from '../../units.ts';
import { isScope2 } from '../port-groups.ts';
import { columnOf, type Sums, sumAll, sumKnown } from './range-sums.ts';
import type { CarrierPart, Part, PlantPart, UserPart } from './report-shape.ts';

export type SumsOf = (owner: string) => Sums;

/** Ports of an asset in these roles. */
function portsOf(compiled: Compiled, asset: number, roles: readonly PortRole[]): PortId[] {
  return (compiled.assetPorts[asset] ?? []).flatMap((p) => {
    const port = compiled.ports[p];
    return port && roles.includes(port.role) ? [port.port] : [];
  });
}

function energyOf(sums: Sums, ports: readonly PortId[]): number | null {
  return sumKnown(ports.map((port) => columnOf(sums, `${port}.Wh`)));
}

/** End uses, in the park's order. */
export function usersOf(compiled: Compiled, sumsOf: SumsOf): UserPart[] {
  return compiled.park.assets.flatMap((asset, a): UserPart[] => {
    const ports = portsOf(compiled, a, ['load']);
    if (ports.length === 0) return [];
    const sums = sumsOf(asset.id);
    const Wh: Partial<Record<Carrier, number>> = {};
    for (const port of ports) {
      const value = columnOf(sums, `${port}.Wh`);
      if (value !== null) Wh[carrierOf(port)] = (Wh[carrierOf(port)] ?? 0) + value;
    }
    const behind = Object.hasOwn(sums.known, 'attributed.mg') ? (sums.known['attributed.mg'] as number) : 0;
    return [
      {
        id: asset.id,
        name: asset.name,
        kind: asset.kind,
        tenant: asset.tenant ?? null,
        floorArea_m2: occupied(asset),
        carriers: [...new Set(ports.map(carrierOf))],
        areaAssumed: asset.assumed.includes('floors') || asset.assumed.includes('height_m'),
        Wh,
        energy_Wh: energyOf(sums, ports),
        estimated_Wh: columnOf(sums, 'estimated.Wh'),
        mg: columnOf(sums, 'attributed.mg'),
        known: sums.expected > 0 ? Math.min(1, behind / sums.expected) : 0,
      },
    ];
  });
}

/** Floor area counts in buildings and halls, not under canopies and tanks. */
function occupied({ kind, floorArea_m2 }: Asset): number {
  return kindRow(kind).floors === undefined ? 0 : floorArea_m2;
}

/** Plants, storages, own generation and connections: everything with ports that is no end use. */
export function plantsOf(compiled: Compiled, sumsOf: SumsOf): PlantPart[] {
  return compiled.park.assets.flatMap((asset, a): PlantPart[] => {
    const inward = portsOf(compiled, a, ['input', 'charge', 'export']);
    const outward = givenPorts(asset);
    if (inward.length + outward.length === 0) return [];
    const sums = sumsOf(asset.id);
    const energy = columnOf(sums, 'energy.Wh');
    const estimated = columnOf(sums, 'estimated.Wh');
    return [
      {
        id: asset.id,
        name: asset.name,
        kind: asset.kind,
        takes: inward.length > 0,
        gives: outward.length > 0,
        burns: portsOf(compiled, a, ['input']).some((port) => isFuel(carrierOf(port))),
        in_Wh: energyOf(sums, inward),
        out_Wh: energyOf(sums, outward),
        stack_mg: columnOf(sums, 'stack.mg'),
        estimatedShare: energy !== null && estimated !== null && energy > 0 ? estimated / energy : null,
      },
    ];
  });
}

/** Fuel by where it is burnt. The rest of the total, such as unmetered fuel, is a part of its own. */
export function scope1Parts(compiled: Compiled, sumsOf: SumsOf, total: number | null): Part[] {
  const parts = compiled.park.assets.flatMap((asset, a): Part[] => {
    const sums = sumsOf(asset.id);
    const burnt = portsOf(compiled, a, ['load']).filter((port) => isBurnt(carrierOf(port)));
    const fed = portsOf(compiled, a, ['input']).filter((port) => isBurnt(carrierOf(port)));
    // Fuel that is passed on as fuel is counted where it is burnt.
    const passesOn = portsOf(compiled, a, ['product']).some((port) => isBurnt(carrierOf(port)));
    const mg = sumKnown([columnOf(sums, 'stack.mg'), ...burnt.map((port) => columnOf(sums, `${port}.mg`))]);
    if (mg === null || burnt.length + fed.length === 0) return [];
    return [{ id: asset.id, name: asset.name, kind: asset.kind, Wh: passesOn ? null : energyOf(sums, [...burnt, ...fed]), mg }];
  });
  return withRest(parts, total);
}

/** Bought electricity, heat and cooling by where they come in. */
export function scope2Parts(compiled: Compiled, sumsOf: SumsOf, total: number | null): Part[] {
  const parts = compiled.park.assets.flatMap((asset, a): Part[] => {
    const bought = portsOf(compiled, a, ['import']).filter((port) => isScope2(carrierOf(port)));
    if (bought.length === 0) return [];
    const sums = sumsOf(asset.id);
    const mg = sumKnown(bought.map((port) => columnOf(sums, `${port}.mg`)));
    return [{ id: asset.id, name: asset.name, kind: asset.kind, Wh: energyOf(sums, bought), mg }];
  });
  return withRest(parts, total);
}

/** The rest's id: no asset has it. */
export const rest = '';
const restName: Text = { en: '', zh: '' };

function withRest(parts: readonly Part[], total: number | null): Part[] {
  const listed = sumAll(parts.map((part) => part.mg));
  const some = [...parts].sort((a, b) => (b.mg ?? -1) - (a.mg ?? -1));
  if (total === null || listed === null || total === listed) return some;
  return [...some, { id: rest, name: restName, kind: null as AssetKind | null, Wh: null, mg: total - listed }];
}

/** End uses by carrier. Ports with unknown energy count for no carrier. */
export function carrierParts(compiled: Compiled, sumsOf: SumsOf): CarrierPart[] {
  const parts = new Map<Carrier, { Wh: number[]; mg: (number | null)[] }>();
  for (const [a, asset] of compiled.park.assets.entries()) {
    for (const port of portsOf(compiled, a, ['load'])) {
      const sums = sumsOf(asset.id);
      const Wh = columnOf(sums, `${port}.Wh`);
      if (Wh === null) continue;
      const part = parts.get(carrierOf(port)) ?? { Wh: [], mg: [] };
      part.Wh.push(Wh);
      part.mg.push(columnOf(sums, `${port}.mg`));
      parts.set(carrierOf(port), part);
    }
  }
  return carriers.flatMap((carrier) => {
    const part = parts.get(carrier);
    return part ? [{ carrier, Wh: sumKnown(part.Wh) ?? 0, mg: sumKnown(part.mg) }] : [];
  });
}

/** The electricity used, by source kind. */
export function sourceMixOf(totals: Sums): { kind: SourceKind; Wh: number }[] {
  return sourceKinds.flatMap((kind) => {
    const Wh = columnOf(totals, `from.${kind}.Wh`);
    return Wh === null || Wh === 0 ? [] : [{ kind, Wh }];
  });
}
