/** Checks that need the park as a whole: places, hosts, networks, meters. */

import { isFuel } from '../carriers.ts';
import { isTimeZone } from '../time/time-zone.ts';
import { carrierOf, type PortId } from '../units.ts';
import { metresBetween } from './assets.ts';
import { type Component, circleOf, componentsOf, hostsOf, loadsOf, networkReachOf } from './networks.ts';
import type { Asset, Park } from './park.ts';
import { parkFileName } from './park-file.ts';
import { farAway_m, firstPosition } from './places.ts';
import { type ProblemList, several } from './problems.ts';
import { checkStories } from './stories.ts';
import { meteredPorts } from './tellings.ts';

/** `fileOf` returns the file of the folder that an asset or line came from. */
export function checkPark(park: Park, fileOf: (id: string) => string, problems: ProblemList): void {
  checkSettings(park, problems);
  checkPlaces(park, fileOf, problems);
  checkHosts(park, fileOf, problems);
  checkReferences(park, fileOf, problems);
  checkNetworks(park, fileOf, problems);
  checkMeters(park, fileOf, problems);
}

function checkSettings(park: Park, problems: ProblemList): void {
  const place = { file: parkFileName };
  if (!isTimeZone(park.timeZone)) {
    problems.error(
      { ...place, field: 'timeZone' },
      `"${park.timeZone}" is not an IANA time zone`,
      'For example Asia/Shanghai or America/Los_Angeles.',
    );
  }
  if (86_400 % park.interval_s !== 0) {
    problems.error(
      { ...place, field: 'interval_s' },
      `days cannot be cut into intervals of ${park.interval_s} s`,
      'Use a divisor of a day, such as 900 or 3600.',
    );
  }
  if (Math.abs(park.place.lat) > 85)
    problems.error({ ...place, field: 'place.lat' }, 'is too near the pole to be drawn on a plane', 'Use a latitude within ±85.');
  if (park.assets.length === 0)
    problems.error({ ...place, field: 'layers' }, 'the park has no assets', 'Draw at least one, with properties.kind.');
}

function checkPlaces(park: Park, fileOf: (id: string) => string, problems: ProblemList): void {
  const place: [number, number] = [park.place.lon, park.place.lat];
  const swapped: string[] = [];
  const far: string[] = [];
  for (const feature of [...park.assets, ...park.context]) {
    if (feature.properties['far'] !== true) continue;
    const [lon, lat] = firstPosition(feature.geometry) ?? place;
    const turned = Math.abs(lon) <= 90 && metresBetween([lat, lon], place) <= farAway_m;
    (turned ? swapped : far).push(feature.id);
  }
  if (swapped.length > 0) {
    problems.error(
      { file: fileOf(swapped[0] as string), feature: swapped[0], field: 'geometry' },
      `latitude and longitude are swapped in ${several(swapped)}: the other way round they lie in the park`,
      'GeoJSON positions are [longitude, latitude].',
    );
  }
  if (far.length > 0) {
    problems.warning(
      { file: fileOf(far[0] as string), feature: far[0], field: 'geometry' },
      `${far.length === 1 ? 'lies' : `${far.length} features lie`} more than ${farAway_m / 1000} km from the park's place: ${several(far)}`,
      'Check place: in park.yaml and the coordinates; the camera ignores what is so far away.',
    );
  }
}

function checkHosts(park: Park, fileOf: (id: string) => string, problems: ProblemList): void {
  const byId = new Map(park.assets.map((a) => [a.id, a]));
  const hosts = hostsOf(park.assets);
  for (const asset of park.assets) {
    const place = { file: fileOf(asset.id), feature: asset.id, field: 'at' };
    if (asset.at === undefined) continue;
    if (!byId.has(asset.at)) problems.error(place, `there is no asset "${asset.at}"`, 'Give the id of the asset it is connected at.');
    else if (hosts.get(asset.id) === asset.id)
      problems.error(place, 'is connected at itself, in a circle', 'Let one of them stand on its own.');
  }
}

function checkReferences(park: Park, fileOf: (id: string) => string, problems: ProblemList): void {
  const ids = new Set(park.assets.map((a) => a.id));
  const lineIds = new Set<string>();
  for (const { id } of park.lines) {
    const place = { file: fileOf(id), feature: id, field: 'id' };
    if (ids.has(id) || lineIds.has(id)) problems.error(place, `two features have the id "${id}"`, 'Rename the line.');
    lineIds.add(id);
  }
  for (const rest of park.unmetered) {
    if (!ids.has(rest.asset)) {
      problems.error(
        { file: parkFileName, feature: rest.asset, field: 'unmetered' },
        `there is no asset "${rest.asset}"`,
        'Give the id of the asset at whose node the rest is.',
      );
    }
  }
  checkStories(park, parkFileName, problems);
  const tenants = new Set(park.tenants.map((t) => t.id));
  const strangers = park.assets.filter((a) => a.tenant !== undefined && !tenants.has(a.tenant));
  if (strangers.length > 0) {
    problems.warning(
      { file: fileOf(strangers[0]?.id as string), feature: strangers[0]?.id, field: 'tenant' },
      `${several([...new Set(strangers.map((a) => a.tenant as string))])} not among the tenants`,
      'Add them to tenants: in park.yaml with their names.',
    );
  }
}

function checkNetworks(park: Park, fileOf: (id: string) => string, problems: ProblemList): void {
  const components = componentsOf(park);
  const { fed, unfed } = networkReachOf(components);
  const circle = circleOf(unfed);
  if (circle.length > 0) {
    problems.error(
      { file: fileOf(circle[0]?.asset.id as string), feature: circle[0]?.asset.id, field: 'conversion' },
      `a cycle of conversion without a source: ${several(circle.map((c) => c.asset.id))}`,
      'Each lives on what the other makes; connect one of them to a grid, gas or other source.',
    );
  }
  for (const component of components) {
    const loads = loadsOf(component);
    if (fed.has(component) || loads.length === 0) continue;
    problems.warning(
      { file: fileOf(loads[0] as string), feature: loads[0], field: `${component.carrier}.in` },
      `no source of ${component.carrier} reaches ${several(loads)}: the intensity there stays unknown`,
      'Draw the line that supplies them, or connect them at an asset that is supplied.',
    );
  }
  const measured = new Set(park.points.filter((p) => p.quantity === 'power').map((p) => p.line));
  checkRests(
    park,
    componentsOf(park, (line) => !measured.has(line.id)),
    problems,
  );
  checkUselessLines(park, components, fileOf, problems);
  checkLeaks(park, fileOf, problems);
}

/** Between meters only one unmetered rest of a carrier can be determined. */
function checkRests(park: Park, zones: readonly Component[], problems: ProblemList): void {
  const hosts = hostsOf(park.assets);
  const zoneOf = (rest: Park['unmetered'][number]) =>
    zones.find((z) => z.carrier === rest.carrier && z.nodes.includes(hosts.get(rest.asset) ?? rest.asset));
  const first = new Map<Component, string>();
  const taken = new Set<string>();
  for (const rest of park.unmetered) {
    const place = { file: parkFileName, feature: rest.asset, field: 'unmetered' };
    const key = `${rest.asset}/${rest.carrier}`;
    if (taken.has(key)) problems.error(place, `declared twice for ${rest.carrier}`, 'Keep one of them.');
    else {
      const zone = zoneOf(rest);
      if (zone === undefined) {
        problems.warning(place, `has nothing to do with ${rest.carrier}`, 'Give the carrier of a port or line at this asset.');
      } else {
        const other = first.get(zone);
        if (other !== undefined) {
          problems.error(
            place,
            `and "${other}" are two unmetered rests of ${rest.carrier} with no meter between them`,
            'Keep one, or put a point on a line between them.',
          );
        }
        first.set(zone, rest.asset);
      }
    }
    taken.add(key);
  }
}

/** Reports lines that end where their carrier is not used, and go no further. */
function checkUselessLines(park: Park, components: readonly Component[], fileOf: (id: string) => string, problems: ProblemList): void {
  const hosts = hostsOf(park.assets);
  const used = new Set(components.flatMap((c) => c.ports.map(({ asset }) => `${c.carrier} ${hosts.get(asset.id)}`)));
  const degree = new Map<string, number>();
  const keys = (l: Park['lines'][number]) => [l.from, l.to].map((id) => `${l.carrier} ${hosts.get(id)}`);
  for (const line of park.lines) for (const key of keys(line)) degree.set(key, (degree.get(key) ?? 0) + 1);
  const rests = new Set(park.unmetered.map((u) => `${u.carrier} ${hosts.get(u.asset)}`));
  const useless = park.lines.filter((l) => keys(l).some((key) => !used.has(key) && !rests.has(key) && degree.get(key) === 1));
  if (useless.length === 0) return;
  problems.warning(
    { file: fileOf(useless[0]?.id as string), feature: useless[0]?.id, field: 'to' },
    `${useless.length === 1 ? 'ends' : `${useless.length} lines end`} where nothing has a port of its carrier: ${several(useless.map((l) => l.id))}`,
    'Give the asset the port, or remove the line.',
  );
}

/** Reports losses on fuel lines: lost fuel leaks (natural gas as CH4), but the twin accounts only fuel that is burnt. */
function checkLeaks(park: Park, fileOf: (id: string) => string, problems: ProblemList): void {
  const leaking = park.lines.filter(({ carrier, loss }) => isFuel(carrier) && loss > 0);
  if (leaking.length === 0) return;
  problems.warning(
    { file: fileOf(leaking[0]?.id as string), feature: leaking[0]?.id, field: 'loss' },
    `the loss is booked ${park.losses === 'toLoad' ? 'as burnt' : 'in no scope'}: ${leaking.length === 1 ? 'the line carries' : `${leaking.length} lines carry`} fuel (${several(leaking.map(({ id }) => id))})`,
    'Set loss: 0 and count what leaks apart (gas as CH4): the twin accounts no leaks.',
  );
}

/** Reports, in one warning, all ports that no point, virtual point or spread measures and no conversion determines. */
function checkMeters(park: Park, fileOf: (id: string) => string, problems: ProblemList): void {
  const told = new Set(meteredPorts(park.points, park.virtualPoints));
  for (const spread of park.spreads) for (const id of spread.weights.keys()) told.add(`${id}/${spread.port}`);
  const silent = park.assets.filter((asset) => {
    const converted = asset.ports.some((port) => told.has(`${asset.id}/${port}`)) ? asset.conversion : undefined;
    return asset.ports.some((port) => !told.has(`${asset.id}/${port}`) && !isConverted(port, converted));
  });
  if (silent.length === 0) return;
  problems.warning(
    { file: fileOf(silent[0]?.id as string), feature: silent[0]?.id, field: 'ports' },
    `${silent.length === 1 ? 'has a port' : `${silent.length} assets have ports`} that no point measures: ${several(
      silent.map((a) => a.id),
      8,
    )}`,
    'Add points or a spread; until then these follow from the balance where they can, and are unknown where they cannot.',
  );
}

function isConverted(port: PortId, conversion: Asset['conversion']): boolean {
  const carrier = carrierOf(port);
  return conversion?.inputs[carrier] !== undefined || conversion?.outputs[carrier] !== undefined;
}
