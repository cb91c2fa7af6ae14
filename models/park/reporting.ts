/** Reads from park.yaml what reports need: targets, production, who reports. */
import { compact } from './compact.ts';
import { toText } from './features.ts';
import type { Asset, Park, Production, Reporting, Target, TargetIndicator, TargetUnit } from './park.ts';
import { parkFileName } from './park-file.ts';
import type { ProblemList } from './problems.ts';
import type { ParkFile } from './schema.ts';

export const unitOfIndicator: Record<TargetIndicator, TargetUnit> = {
  scope1: 'tCO2e',
  scope12Location: 'tCO2e',
  scope12Market: 'tCO2e',
  perFloorArea: 'kgCO2e/m2',
  intensity: 'gCO2e/kWh',
  renewableShare: '%',
  carbonFreeShare: '%',
};

export function buildReporting(
  file: ParkFile,
  assets: readonly Asset[],
  problems: ProblemList,
): Pick<Park, 'targets' | 'production' | 'reporting'> {
  const at = (feature: string, field: string) => ({ file: parkFileName, feature, field });
  const targets = file.targets.map((target): Target => {
    const { id, indicator, unit, name } = target;
    const right = unitOfIndicator[indicator];
    if (unit !== right) problems.error(at(id, 'unit'), `${indicator} is in ${right}, not ${unit}`, `Write unit: ${right}.`);
    const years = Object.entries(target.years).map(([year, value]) => ({ year: Number(year), value }));
    if (years.length === 0) problems.error(at(id, 'years'), 'names no year', 'Write at least one, such as {2030: 20000}.');
    years.sort((a, b) => a.year - b.year);
    return compact<Target>({ id, name: name === undefined ? undefined : toText(name), indicator, unit, years });
  });
  const tenants = new Set(file.tenants.map((t) => t.id));
  const known = new Set(assets.map((a) => a.id));
  const production = file.production.map((made): Production => {
    const { id, tenant, asset } = made;
    if (tenant !== undefined && !tenants.has(tenant))
      problems.error(at(id, 'tenant'), `there is no tenant "${tenant}"`, 'Use an id of tenants:.');
    if (asset !== undefined && !known.has(asset))
      problems.error(at(id, 'asset'), `there is no asset "${asset}"`, 'Use the id of an asset.');
    if (tenant !== undefined && asset !== undefined)
      problems.error(at(id, 'asset'), 'is of a tenant and of an asset', 'Name one of them, or neither for the whole park.');
    return compact<Production>({ ...made, name: toText(made.name), unit: toText(made.unit), tenant, asset });
  });
  return { targets, production, ...(file.reporting && { reporting: reportingOf(file.reporting) }) };
}

function reportingOf({ organisation, contact, boundary, verification }: NonNullable<ParkFile['reporting']>): Reporting {
  const text = (t: typeof organisation) => (t === undefined ? undefined : toText(t));
  return compact<Reporting>({ organisation: text(organisation), contact, boundary: text(boundary), verification: text(verification) });
}
