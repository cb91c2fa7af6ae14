/** Builds points from `points:` of park.yaml and checks each against what it measures. */

import { isTimeZone } from '../time/time-zone.ts';
import { isAmount, isRate, toKilo } from '../units.ts';
import { compact } from './compact.ts';
import { toText } from './features.ts';
import type { Asset, Line, Point } from './park.ts';
import { parkFileName } from './park-file.ts';
import { type ProblemList, several } from './problems.ts';
import type { ParkFile } from './schema.ts';
import type { Complain } from './sources/binding.ts';
import { bindingOf, type PointSource } from './sources/sources.ts';

type Entry = ParkFile['points'][number];

export interface Things {
  assets: Map<string, Asset>;
  lines: Map<string, Line>;
}

export function buildPoints(file: ParkFile, things: Things, problems: ProblemList): Point[] {
  const used = usedElsewhere(file);
  const seen = new Set<string>();
  return file.points.map((entry) => {
    const complain: Complain = (field, message, mend) => problems.error({ file: parkFileName, feature: entry.id, field }, message, mend);
    if (seen.has(entry.id)) complain('id', `two points have the id "${entry.id}"`, 'Rename one of them.');
    seen.add(entry.id);
    checkUnit(entry, complain);
    checkPlace(entry, things, used, complain);
    const [low, high] = entry.range;
    if (!(low < high)) complain('range', `from ${low} to ${high} nothing is plausible`, 'Give [lowest, highest] in the unit of the point.');
    const given: PointSource = entry.source ?? { type: 'push' };
    const timeZone = bindingOf(given).timeZone?.(given);
    if (timeZone !== undefined && !isTimeZone(timeZone)) {
      complain('source.timeZone', `"${timeZone}" is not an IANA time zone`, 'For example Asia/Shanghai, or UTC.');
    }
    const source = compact<PointSource>(
      (bindingOf(given).complete?.(given, entry, file.timeZone, complain) as PointSource | undefined) ?? given,
    );
    return compact<Point>({
      id: entry.id,
      name: entry.name === undefined ? undefined : toText(entry.name),
      asset: entry.asset,
      port: entry.port,
      line: entry.line,
      negativePort: entry.negativePort,
      quantity: entry.quantity,
      unit: entry.unit,
      kWhPerUnit: entry.kWhPerUnit,
      measure: entry.measure,
      label: entry.label,
      cadence_s: entry.cadence_s,
      range: entry.range,
      rollover: entry.rollover,
      maxPower_kW: entry.maxPower_kW ?? twiceCapacity(entry, things),
      accuracy: entry.accuracy,
      fiscal: entry.fiscal,
      set: entry.set,
      origin: entry.origin ?? (bindingOf(source).mode === 'simulated' ? 'simulated' : 'measured'),
      source,
    });
  });
}

/**
 * The highest power that a register of this asset or line can plausibly count, where its capacity is known. A converter's
 * capacity is of its main port: its other ports may carry more, such as the fuel of a cogeneration plant.
 */
function twiceCapacity(entry: Entry, { assets, lines }: Things): number | undefined {
  if (entry.measure !== 'register') return undefined;
  if (entry.line !== undefined) return twice(lines.get(entry.line)?.capacity_kW);
  const asset = assets.get(entry.asset ?? '');
  const { inputs = {}, outputs = {} } = asset?.conversion ?? {};
  const parts = [...Object.values(inputs), ...Object.values(outputs)].filter((part) => part > 0);
  const spread = parts.length === 0 ? 1 : Math.max(...parts) / Math.min(...parts);
  return twice(asset?.capacity_kW, spread);
}

function twice(capacity_kW: number | undefined, spread = 1): number | undefined {
  return capacity_kW === undefined ? undefined : 2 * capacity_kW * spread;
}

/** Tells by id whether virtual points, spreads or siteLoad use a point: such a point needs no asset or line of its own. */
function usedElsewhere(file: ParkFile): (id: string) => boolean {
  const exact = new Set([...file.spread.map((s) => s.of), ...Object.values(file.siteLoad ?? {})]);
  const prefixes: string[] = [];
  for (const key of file.virtual.flatMap((v) => Object.keys(v.sum))) {
    if (key.endsWith('*')) prefixes.push(key.slice(0, -1));
    else exact.add(key);
  }
  return (id) => exact.has(id) || prefixes.some((prefix) => id.startsWith(prefix));
}

function checkUnit(entry: Entry, complain: Complain): void {
  const { quantity, unit, measure } = entry;
  const counts = measure === 'energy' || measure === 'register';
  if (quantity === 'power') {
    if (counts && !isAmount(unit))
      complain('unit', `a point of measure ${measure} counts an amount, and ${unit} is none`, 'Use kWh, MWh, GJ, m3, Nm3 or t.');
    if (!counts && !isRate(unit))
      complain(
        'unit',
        `a point of measure ${measure} has a power, and ${unit} is none`,
        'Use kW, MW, GJ/h, m3/h, Nm3/h or t/h; or measure: energy or register.',
      );
    if (counts === isAmount(unit) && (isAmount(unit) || isRate(unit))) {
      try {
        toKilo(unit, entry.kWhPerUnit);
      } catch (error) {
        complain(
          'kWhPerUnit',
          (error as Error).message,
          'Give the lower heating value of a m3 (natural gas: about 10), the enthalpy of a tonne, or the electricity that a Nm3 of compressed air took (about 0.1).',
        );
      }
    }
  } else if (counts) complain('measure', `${quantity} cannot be counted`, 'Use measure: instant or mean.');
  if (quantity === 'intensity' && unit !== 'gCO2e/kWh') complain('unit', `an intensity in ${unit}`, 'Use gCO2e/kWh.');
  if (entry.set !== undefined && quantity !== 'intensity')
    complain('set', `a ${quantity} belongs to no set of factors`, 'Leave it out, or measure an intensity.');
  if (quantity === 'temperature' && unit !== 'degC') complain('unit', `a temperature in ${unit}`, 'Use degC.');
  if (quantity === 'stateOfCharge' && !['%', '1', 'kWh', 'MWh'].includes(unit))
    complain('unit', `a state of charge in ${unit}`, 'Use %, 1, kWh or MWh.');
}

function checkPlace(entry: Entry, { assets, lines }: Things, used: (id: string) => boolean, complain: Complain): void {
  const { asset: id, line, port, negativePort, quantity } = entry;
  if (line !== undefined) {
    if (!lines.has(line)) complain('line', `there is no line "${line}"`, 'Give the id of a line of the park.');
    if (id !== undefined || port !== undefined) complain('line', 'measures a line and an asset at once', 'Keep one of line and asset.');
    return;
  }
  const asset = id === undefined ? undefined : assets.get(id);
  if (id !== undefined && asset === undefined) complain('asset', `there is no asset "${id}"`, 'Give the id of an asset of the park.');
  if (id === undefined) {
    if (port !== undefined) complain('asset', `port ${port} of which asset?`, 'Give the asset that has the port.');
    else if (quantity === 'stateOfCharge') complain('asset', 'a state of charge belongs to an asset', 'Give the asset that stores.');
    else if ((quantity === 'power' || quantity === 'intensity') && !used(entry.id)) {
      complain(
        'asset',
        'belongs to no asset and no line, and nothing is computed from it',
        'Give asset and port, or line, or use it in a virtual point.',
      );
    }
    return;
  }
  if (asset === undefined) return;
  if (quantity === 'stateOfCharge' && asset.storage === undefined) complain('asset', `"${id}" does not store`, 'Give the asset a storage.');
  const needsPort = quantity === 'power' || quantity === 'intensity';
  if (needsPort && port === undefined)
    complain('port', 'does not say which port it measures', `Give one of: ${asset.ports.join(', ') || 'none, the asset has no ports'}.`);
  for (const [field, given] of [
    ['port', port],
    ['negativePort', negativePort],
  ] as const) {
    if (given === undefined || asset.ports.includes(given)) continue;
    complain(
      field,
      `"${id}" has no port ${given}`,
      `It has ${asset.ports.join(', ') || 'none'}; add the port to the asset or correct the point.`,
    );
  }
}

/** A park that replays files runs on their clock and takes no other source. */
export function checkSources(points: readonly Point[], problems: ProblemList): void {
  const others = points.filter((p) => bindingOf(p.source).mode !== 'replayed');
  const first = others[0];
  if (first === undefined || others.length === points.length) return;
  problems.error(
    { file: parkFileName, feature: first.id, field: 'source' },
    `a park that replays files takes no other source, but ${several(others.map((p) => p.id))} ${others.length === 1 ? 'has' : 'have'} one`,
    'Give every point a csv source, or none.',
  );
}
