/**
 * A small park for tests: one of everything that matters, with its source texts.
 *
 * electricity: grid (import, export) ── sub-1 ── hall (roof PV hosted `at` it), office, battery, chp.
 * gas: gas ── chp, boiler. heat: chp ── heat-hub ══ (loss 5 %) hall, office; boiler ── heat-hub.
 * Electricity at sub-1 has an unmetered rest; the line grid → sub-1 is metered.
 */
import { buildPark } from '../models/park/build.ts';
import type { Park } from '../models/park/park.ts';

export const sampleYaml = `
id: sample
name: {en: Sample park, zh: 样例园区}
fictional: true
place: {lon: 120.70, lat: 31.85, country: CN}
timeZone: Asia/Shanghai
currency: CNY
gridZone: CN-EAST
carbon:
  sources:
    grid: {electricity.out: {factor: grid-test}}
    gas: {gas.out: {factor: gas-test}}
  fallback: {electricity: grid-test, gas: gas-test}
unmetered:
  - {asset: sub-1, carrier: electricity, name: {en: Street lighting and small users, zh: 路灯与小用户}}
points:
  - {id: grid.power, asset: grid, port: electricity.out, negativePort: electricity.in, unit: MW, cadence_s: 1, range: [-5, 10], accuracy: 0.002, fiscal: true, source: {type: simulator}}
  - {id: grid.import, asset: grid, port: electricity.out, unit: MWh, measure: register, cadence_s: 60, range: [0, 1000000000], accuracy: 0.002, fiscal: true, source: {type: simulator}}
  - {id: feeder.power, line: feeder, unit: kW, cadence_s: 5, range: [-5000, 10000], accuracy: 0.01, source: {type: simulator}}
  - {id: hall.power, asset: hall, port: electricity.in, unit: kW, cadence_s: 15, range: [0, 3000], accuracy: 0.01, source: {type: simulator}}
  - {id: hall.heat, asset: hall, port: heat.in, unit: GJ/h, cadence_s: 60, range: [0, 10], accuracy: 0.02, source: {type: simulator}}
  - {id: office.energy, asset: office, port: electricity.in, unit: kWh, measure: energy, label: start, cadence_s: 900, range: [0, 500], accuracy: 0.01, source: {type: simulator}}
  - {id: office.heat, asset: office, port: heat.in, unit: kW, measure: mean, label: start, cadence_s: 900, range: [0, 1500], accuracy: 0.02, source: {type: simulator}}
  - {id: pv.power, asset: hall-pv, port: electricity.out, unit: kW, cadence_s: 10, range: [-1, 400], accuracy: 0.01, source: {type: simulator}}
  - {id: battery.power, asset: battery, port: electricity.out, negativePort: electricity.in, unit: kW, cadence_s: 1, range: [-600, 600], accuracy: 0.01, source: {type: simulator}}
  - {id: battery.soc, asset: battery, quantity: stateOfCharge, unit: "%", cadence_s: 60, range: [0, 100], source: {type: simulator}}
  - {id: gas.flow, asset: gas, port: gas.out, unit: m3/h, kWhPerUnit: 10, cadence_s: 60, range: [0, 1000], accuracy: 0.01, fiscal: true, source: {type: simulator}}
  - {id: chp.gas, asset: chp, port: gas.in, unit: m3, kWhPerUnit: 10, measure: register, cadence_s: 300, range: [0, 100000000], rollover: 100000000, accuracy: 0.01, source: {type: simulator}}
  - {id: chp.power, asset: chp, port: electricity.out, unit: kW, cadence_s: 5, range: [0, 1100], accuracy: 0.01, source: {type: simulator}}
  - {id: chp.heat, asset: chp, port: heat.out, unit: GJ, measure: register, cadence_s: 900, range: [0, 10000000], accuracy: 0.02, source: {type: simulator}}
  - {id: weather.temperature, quantity: temperature, unit: degC, cadence_s: 60, range: [-40, 60], source: {type: simulator}}
  - {id: weather.irradiance, quantity: weather, unit: "1", cadence_s: 60, range: [0, 1500], source: {type: simulator}}
tenants:
  - {id: works, name: {en: Example Works, zh: 示例工厂}, sector: machinery}
stories:
  - {id: roof, title: {en: Sun on the roof, zh: 屋顶阳光}, body: {en: 'The hall makes {roof} of its own power.', zh: '厂房自发 {roof} 的电力。'}, asset: hall-pv, figures: {roof: {power: electricity.out, asset: hall-pv}}}
simulation: {seed: 7}
`;

/** Local metres east and north of the park's place, to degrees. Good enough for a drawing. */
function at(x: number, y: number): [number, number] {
  return [120.7 + x / 94_500, 31.85 + y / 110_900];
}

function box(x: number, y: number, width: number, depth: number) {
  const corners = [at(x, y), at(x + width, y), at(x + width, y + depth), at(x, y + depth), at(x, y)];
  return { type: 'Polygon', coordinates: [corners] };
}

const point = (x: number, y: number) => ({ type: 'Point', coordinates: at(x, y) });
const course = (...places: [number, number][]) => ({ type: 'LineString', coordinates: places.map(([x, y]) => at(x, y)) });
const feature = (id: string, properties: Record<string, unknown>, geometry: unknown) => ({ type: 'Feature', id, properties, geometry });

const features = [
  feature(
    'grid',
    { kind: 'gridConnection', name: { en: 'Grid', zh: '电网' }, ports: ['electricity.out', 'electricity.in'] },
    point(-300, 0),
  ),
  feature('sub-1', { kind: 'substation', name: { en: 'Substation 1', zh: '一号变电站' } }, box(-200, -10, 20, 20)),
  feature(
    'hall',
    {
      kind: 'building',
      name: { en: 'Hall', zh: '厂房' },
      use: 'machineWorks',
      tenant: 'works',
      height_m: 11,
      floors: 1,
      roof: 'sawtooth',
      ports: ['electricity.in', 'heat.in'],
      peak: { electricity: 1200, heat: 800 },
      shift: 'two',
    },
    box(0, 0, 40, 30),
  ),
  feature(
    'office',
    {
      kind: 'building',
      name: { en: 'Office', zh: '办公楼' },
      use: 'office',
      floors: 6,
      ports: ['electricity.in', 'heat.in'],
      peak: { electricity: 300, heat: 400 },
      shift: 'office',
    },
    box(80, 0, 40, 15),
  ),
  feature(
    'hall-pv',
    { kind: 'pv', name: { en: 'Roof PV', zh: '屋顶光伏' }, at: 'hall', capacity_kW: 200, tilt_deg: 12, azimuth_deg: 180 },
    box(5, 5, 30, 20),
  ),
  feature(
    'battery',
    {
      kind: 'battery',
      name: { en: 'Battery', zh: '储能电站' },
      capacity_kW: 500,
      storage: {
        carrier: 'electricity',
        capacity_kWh: 1000,
        chargeEfficiency: 0.95,
        dischargeEfficiency: 0.95,
        standingLoss_perH: 0.0001,
        start_kWh: 500,
        start_gPerKwh: 550,
      },
    },
    box(-200, 40, 12, 6),
  ),
  feature('gas', { kind: 'gasConnection', name: { en: 'Gas', zh: '燃气' } }, point(-300, 100)),
  feature(
    'chp',
    {
      kind: 'chp',
      name: { en: 'Cogeneration', zh: '热电联产' },
      capacity_kW: 1000,
      height_m: 14,
      conversion: { inputs: { gas: 1 }, outputs: { electricity: 0.4, heat: 0.44 } },
    },
    box(-150, 100, 30, 20),
  ),
  feature('boiler', { kind: 'boiler', name: { en: 'Boiler', zh: '锅炉' }, capacity_kW: 2000, height_m: 9 }, box(-150, 140, 15, 15)),
  feature(
    'heat-hub',
    { kind: 'substation', name: { en: 'Heat station', zh: '换热站' }, use: 'heatSubstation', height_m: 4 },
    box(-60, 60, 10, 10),
  ),
  feature('feeder', { carrier: 'electricity', from: 'grid', to: 'sub-1', loss: 0.005 }, course([-300, 0], [-200, 0])),
  feature('e-hall', { carrier: 'electricity', from: 'sub-1', to: 'hall', loss: 0.01 }, course([-180, 0], [-90, -20], [0, 0])),
  feature(
    'e-office',
    { carrier: 'electricity', from: 'sub-1', to: 'office', loss: 0.015 },
    course([-180, 0], [-90, -25], [80, -25], [80, 0]),
  ),
  feature('e-battery', { carrier: 'electricity', from: 'sub-1', to: 'battery', loss: 0 }, course([-195, 10], [-195, 40])),
  feature('e-chp', { carrier: 'electricity', from: 'chp', to: 'sub-1', loss: 0.01 }, course([-150, 100], [-190, 10])),
  feature('g-chp', { carrier: 'gas', from: 'gas', to: 'chp', loss: 0 }, course([-300, 100], [-150, 110])),
  feature('g-boiler', { carrier: 'gas', from: 'gas', to: 'boiler', loss: 0 }, course([-300, 100], [-150, 150])),
  feature('h-chp', { carrier: 'heat', from: 'chp', to: 'heat-hub', loss: 0.01 }, course([-120, 110], [-60, 65])),
  feature('h-boiler', { carrier: 'heat', from: 'boiler', to: 'heat-hub', loss: 0.01 }, course([-135, 150], [-60, 70])),
  feature('h-hall', { carrier: 'heat', from: 'heat-hub', to: 'hall', loss: 0.05 }, course([-50, 65], [0, 30])),
  feature('h-office', { carrier: 'heat', from: 'heat-hub', to: 'office', loss: 0.05 }, course([-50, 65], [80, 60], [80, 15])),
  feature('boundary', { kind: 'boundary' }, box(-320, -60, 480, 260)),
  feature('road', { kind: 'road', name: { en: 'Main road', zh: '主路' }, width_m: 14 }, course([-320, -40], [160, -40])),
  feature('pond', { kind: 'water' }, box(60, 80, 40, 30)),
  feature('tree-1', { kind: 'tree', height_m: 7 }, point(20, -15)),
];

export const sampleGeoJson = JSON.stringify({ type: 'FeatureCollection', features }, null, 1);

const factor = (id: string, name: string, value: number) => ({
  id,
  name,
  value,
  unit: 'gCO2e/kWh',
  set: 'direct',
  validFrom: '2020-01-01',
  source: 'made up for tests',
  verified: false,
});

/** Factors the sample park uses, as a file of data/factors. */
export const sampleFactors = JSON.stringify([
  { ...factor('grid-test', 'Test grid', 550), renewableShare: 0.2 },
  factor('gas-test', 'Test gas', 200),
  factor('solar-direct', 'Sun', 0),
  factor('wind-direct', 'Wind', 0),
  factor('waste-heat-direct', 'Recovered heat', 0),
]);

/** The texts, to change before building: `buildPark({...sampleTexts(), yaml: …})`. */
export function sampleTexts() {
  return {
    yaml: sampleYaml,
    files: new Map([['park.geojson', sampleGeoJson]]),
    factorFiles: new Map([['sample-factors.json', sampleFactors]]),
  };
}

export function samplePark(): Park {
  const { park, problems } = buildPark(sampleTexts());
  if (park === null) throw new Error(problems.map((p) => `${p.feature ?? p.file}: ${p.message}`).join('\n'));
  return park;
}
