/**
 * The park as all other code uses it: built once from a park folder (build.ts), never changed after that.
 * `GET /api/v1/parks/{park}` sends it to the client as GeoJSON (models/api/park-document.ts).
 */

import type { Geometry, Point as GeoPoint, LineString, MultiPolygon, Polygon } from 'geojson';
import type { Carrier } from '../carriers.ts';
import type { SourceKind } from '../energy-sources.ts';
import type { Conversion } from '../kinds/kind.ts';
import type { AssetKind } from '../kinds/kinds.ts';
import type { Language } from '../languages.ts';
import type { Origin } from '../quality.ts';
import type { PortId, Unit } from '../units.ts';
import type { PointSource } from './sources/sources.ts';

/** A text in the languages that the park folder gives; English is always there. */
export type Text = { en: string } & { [L in Exclude<Language, 'en'>]?: string };

/** Kinds of context features, which are drawn but not accounted. */
export const contextKinds = [
  'boundary',
  'road',
  'rail',
  'path',
  'parking',
  'plaza',
  'court',
  'water',
  'coast',
  'green',
  'tree',
  'land',
] as const;
export type ContextKind = (typeof contextKinds)[number];

/** A tank of energy on one carrier (METHODS 3). Efficiencies 0…1, loss per hour of what it holds. */
export interface Storage {
  carrier: Carrier;
  capacity_kWh: number;
  chargeEfficiency: number;
  dischargeEfficiency: number;
  standingLoss_perH: number;
  /** Inventory at the very beginning. */
  start_kWh: number;
  start_gPerKwh: number;
  /** The same by life-cycle factors, if stated; in a park built with that set, `start_gPerKwh` has this value. */
  startLifecycle_gPerKwh?: number;
}

export interface Asset {
  id: string;
  kind: AssetKind;
  name: Text;
  /** Use of a building or plant: office, laboratory, semiconductorFab, warehouse, … Free text, determines shape and load. */
  use?: string;
  tenant?: string;
  geometry: Polygon | MultiPolygon | LineString | GeoPoint;
  /** [longitude, latitude] of the centroid. */
  centroid: [number, number];
  /** Footprint. 0 for points. */
  area_m2: number;
  /** Height above its own ground (roof PV: above the roof). */
  height_m: number;
  floors: number;
  /** Footprint × floors unless given. */
  floorArea_m2: number;
  /** Names of properties that the folder did not give and that were assumed, e.g. ["height_m"]. */
  assumed: string[];
  /** Connected at the node of this asset (roof PV at its building), not by a line. */
  at?: string;
  ports: PortId[];
  conversion?: Conversion;
  storage?: Storage;
  /** Nameplate of its main port. */
  capacity_kW?: number;
  /** A note for people: why a value is modelled, what was left out. */
  note?: Text;
  /** All other properties of the feature that drawing or simulation may use (roof, tilt_deg, azimuth_deg, stacks, docks…). */
  properties: Record<string, unknown>;
}

export interface Line {
  id: string;
  name?: Text;
  carrier: Carrier;
  from: string;
  to: string;
  /** Fraction of what is sent that does not arrive, 0 ≤ loss < 1. */
  loss: number;
  length_m: number;
  capacity_kW?: number;
  /** A normally-open point: carries nothing. */
  open: boolean;
  /** Above the ground: on pylons or poles, pipes on trestles. Absent: in the ground. */
  overhead?: boolean;
  /** Made from a `connect` rule, not drawn in the folder: its course is unknown. */
  implied: boolean;
  /** From `from` to `to`. Null for implied lines. */
  geometry: LineString | null;
}

export interface Context {
  id: string;
  kind: ContextKind;
  name?: Text;
  geometry: Geometry;
  properties: Record<string, unknown>;
}

export type Measure = 'mean' | 'instant' | 'energy' | 'register';
export const quantities = ['power', 'intensity', 'temperature', 'stateOfCharge', 'weather'] as const;
export type Quantity = (typeof quantities)[number];

export interface Point {
  id: string;
  name?: Text;
  /** The asset and port it measures… */
  asset?: string;
  port?: PortId;
  /** …or the line, positive from `from` to `to`, at its `from` end. */
  line?: string;
  /** Values below zero belong to this port, with the sign reversed (a battery's +discharge −charge, a grid's +import −export). */
  negativePort?: PortId;
  quantity: Quantity;
  unit: Unit;
  /** kWh in one m³ or t, where the unit is one. */
  kWhPerUnit?: number;
  measure: Measure;
  /** Which end of its interval the time of a mean or energy reading names. */
  label: 'start' | 'end';
  cadence_s: number;
  /** Plausible values in the point's unit; readings outside are quarantined. For registers: plausible values of the register. */
  range: [number, number];
  /** Value at which a register starts again at 0. */
  rollover?: number;
  /** A register step that would mean more power than this is not counted: the meter was replaced, or its value jumped. */
  maxPower_kW?: number;
  /** Standard uncertainty as a fraction of the value (meter class 1 → 0.01 / √3 or simply 0.01). */
  accuracy: number;
  /** Billing meter: never adjusted by reconciliation. */
  fiscal: boolean;
  /** Origin of its values when they arrive; values of a simulated source are simulated. */
  origin: Origin;
  /** For an intensity: the factor set that it belongs to; direct when absent. */
  set?: FactorSet;
  source: PointSource;
}

/** A value computed from other points at the same moment: Σ weight·point + constant, then clamped. kW (or gCO2e/kWh). */
export interface VirtualPoint {
  id: string;
  name?: Text;
  asset?: string;
  port?: PortId;
  quantity: Quantity;
  terms: { point: string; weight: number /** a missing term counts as nothing instead of making the sum unknown */; optional: boolean }[];
  constant: number;
  min?: number;
  max?: number;
  origin: Origin;
  note?: Text;
}

/** A total spread over assets by weight; every part is modelled. */
export interface Spread {
  id: string;
  name?: Text;
  /** Point or virtual point that is spread. */
  of: string;
  port: PortId;
  /** Asset id → weight (floor area × use weight); excluded assets are absent. */
  weights: Map<string, number>;
  /** What was left out and why, for people. */
  exclusions: { asset: string; reason: Text }[];
  note?: Text;
}

/** Emission factors are of direct emissions (GHG Protocol) or over the life cycle; figures of the two are never mixed. */
export const factorSets = ['direct', 'lifecycle'] as const;
export type FactorSet = (typeof factorSets)[number];

/** Which factors a park was built with. */
export function factorSetOf({ set = 'direct' }: Pick<Park, 'set'>): FactorSet {
  return set;
}

/** One emission factor (data/factors). */
export interface Factor {
  id: string;
  name: Text;
  value: number;
  unit: 'gCO2e/kWh';
  set: FactorSet;
  /** 24 multipliers by local hour with mean 1, if the factor has a daily shape; then it is labelled modelled. */
  hourly?: number[];
  /** Fraction of it that is renewable, if known. */
  renewableShare?: number;
  /** Fraction of it that is free of carbon where it is made (renewable and nuclear), if known. */
  carbonFreeShare?: number;
  /** CO2 of biogenic origin, outside the totals: a memo (METHODS 5). */
  biogenic_gPerKwh?: number;
  validFrom: string;
  source: string;
  verified: boolean;
}

/** Which factor a source port has. `estimated` when it is only the carrier's fallback. */
export interface SourceBinding {
  asset: string;
  port: PortId;
  sourceKind: SourceKind;
  factor: Factor | null;
  estimated: boolean;
  /** In a direct build: its life-cycle factor, where the park names one. Shown separately, never in the same sum. */
  lifecycle?: Factor;
}

export interface Unmetered {
  asset: string;
  carrier: Carrier;
  name: Text;
}

export const cogenerationMethods = ['ghgProtocolEfficiency', 'alternativeGeneration', 'energy', 'carnot'] as const;
export interface CogenerationSetting {
  method: (typeof cogenerationMethods)[number];
  electricReference: number;
  heatReference: number;
  supply_C: number;
  ambient_C: number;
}

/** A contract for electricity of a stated origin: a supply contract, a guarantee of origin, a green certificate. */
export interface Instrument {
  id: string;
  name: Text;
  kind: (typeof instrumentKinds)[number];
  factor: Factor;
  /** Local days, inclusive. */
  from: string;
  to: string;
  /** All of it, spread evenly over its days… */
  energy_MWh?: number;
  /** …or this fraction of what is imported. */
  share?: number;
}

export const instrumentKinds = ['supply', 'powerPurchase', 'certificate'] as const;
export const matchings = ['hour', 'month', 'year'] as const;

/** The data for market-based Scope 2. */
export interface Market {
  /** The period within which instruments may be matched with imports. */
  matching: (typeof matchings)[number];
  /** Factor of imports that no instrument covers; null = there is none, and their emissions stay unknown. */
  residual: Factor | null;
  instruments: Instrument[];
}

/** Indicators that a target may limit. */
export const targetIndicators = [
  'scope1',
  'scope12Location',
  'scope12Market',
  'perFloorArea',
  'intensity',
  'renewableShare',
  'carbonFreeShare',
] as const;
export type TargetIndicator = (typeof targetIndicators)[number];
export const targetUnits = ['tCO2e', 'kgCO2e/m2', 'gCO2e/kWh', '%'] as const;
export type TargetUnit = (typeof targetUnits)[number];

/** The most that an indicator may be in a year (for shares: the least); linear between the years that are named. */
export interface Target {
  id: string;
  name?: Text;
  indicator: TargetIndicator;
  unit: TargetUnit;
  /** Ascending. */
  years: { year: number; value: number }[];
}

/** What a tenant, an asset or the park as a whole produced. */
export interface Production {
  id: string;
  name: Text;
  tenant?: string;
  asset?: string;
  unit: Text;
  /** Month such as `2026-01` → amount. */
  amounts: Record<string, number>;
}

/**
 * What is missing for a life-cycle set: sources without such a factor (also storages without a life-cycle start intensity),
 * and carriers whose factor of last resort is direct only.
 */
export interface LifecycleLacks {
  sources: { asset: string; port: PortId }[];
  fallback: Carrier[];
}

/** Who reports, for which organisation and within which boundary. */
export interface Reporting {
  organisation?: Text;
  contact?: string;
  boundary?: Text;
  verification?: Text;
}

/** An event that timelines mark. */
export interface ParkEvent {
  id: string;
  title: Text;
  body?: Text;
  asset?: string;
  /** ms since 1970; both are the same for a single moment. */
  from: number;
  to: number;
}

/** Days that readings, intervals (with snapshots) and hours are kept; absent: for ever. Sums by day or longer are always kept. */
export interface Retention {
  raw_days?: number;
  intervals_days?: number;
  hours_days?: number;
}

export interface Story {
  id: string;
  /** `{name}` stands for the figure of that name. */
  title: Text;
  body: Text;
  /** The asset that the story is about. */
  asset?: string;
  figures?: Record<string, StoryFigure>;
}

export interface Park {
  id: string;
  name: Text;
  /** The park is invented; every screen says so. */
  fictional: boolean;
  description?: Text;
  place: { lon: number; lat: number; country: string; name?: Text };
  timeZone: string;
  currency: string;
  gridZone?: string;
  /** Length of an accounting interval. */
  interval_s: number;
  /** Real seconds between ticks. */
  tick_s: number;
  losses: 'toLoad' | 'separate';
  cogeneration: CogenerationSetting;
  assets: Asset[];
  lines: Line[];
  context: Context[];
  /** Heights of the land; absent: flat. */
  terrain?: Terrain;
  points: Point[];
  virtualPoints: VirtualPoint[];
  spreads: Spread[];
  sources: SourceBinding[];
  /** Factor of last resort by carrier, for unmetered sources and unbound ports. */
  fallback: Partial<Record<Carrier, Factor>>;
  unmetered: Unmetered[];
  /** Shown wherever the data is drawn (licences). */
  credits: string[];
  tenants: { id: string; name: Text; sector?: string }[];
  stories: Story[];
  /** Past and future events of the park, in order of time. */
  events?: ParkEvent[];
  /** Which factors it was built with; direct when absent. Never mixed. */
  set?: FactorSet;
  /** In a direct build: what has no life-cycle factor. If it lists nothing, the park can be built with that set as well. */
  lifecycleLacks?: LifecycleLacks;
  market?: Market;
  /** Points or virtual points that measure the load of the whole park: net of generation behind its meters, and gross. */
  siteLoad?: { net?: string; gross?: string };
  targets?: Target[];
  production?: Production[];
  reporting?: Reporting;
  /** Settings of the simulator, read by models/simulate. */
  simulation: Record<string, unknown> | null;
  /** Absent: all is kept for ever. */
  retention?: Retention;
  /** Not null where the park takes its readings only from files, on its own clock. */
  replay: { loop: boolean } | null;
}

/** Converts positions for drawing: metres east (x) and north (y) of the park's place. Accurate to 1 mm/km within 20 km. */
export function projector(place: { lon: number; lat: number }): (lon: number, lat: number) => [number, number] {
  const phi = (place.lat * Math.PI) / 180;
  const a = 6378137;
  const e2 = 0.00669437999014;
  const w = 1 - e2 * Math.sin(phi) ** 2;
  const perLat = ((Math.PI / 180) * a * (1 - e2)) / w ** 1.5;
  const perLon = ((Math.PI / 180) * a * Math.cos(phi)) / Math.sqrt(w);
  return (lon, lat) => [(lon - place.lon) * perLon, (lat - place.lat) * perLat];
}

export interface Terrain {
  /** West, south, east, north of the outermost heights, degrees. */
  bbox: [number, number, number, number];
  columns: number;
  rows: number;
  /** Height of step 0, metres above the zero of the file. */
  low_m: number;
  /** Metres in one step. */
  step_m: number;
  /**
   * Steps, row by row from the north-west corner: each as the difference to its western neighbour, the first of a row to the
   * first of the row north of it.
   */
  heights: number[];
  /** Land at or below this height is sea. */
  sea_m?: number;
}

/** What a story's figure shows: one of these. */
export type StoryFigure =
  /** kW through a port of an asset. */
  | { power: PortId; asset: string }
  /** Nameplate capacity, kW, of all assets of a kind (and of a use, where given) together. */
  | { capacity: AssetKind; use?: string | undefined }
  /** The part of the park's consumption of electricity that an asset takes. */
  | { share: string; of: 'electricity' }
  /** What passes the first port divided by what passes the second; `to`: the asset of the second, if it is another. */
  | { ratio: [PortId, PortId]; asset: string; to?: string | undefined }
  /** The part of an asset's energy that comes from a kind of source, as in its mix. */
  | { source: SourceKind; asset: string }
  /** gCO2e/kWh of an asset, as in its colour. */
  | { intensity: string };
