/** What a kind of asset declares. One file per kind holds all of it; the rest of the code derives everything from there. */
import type { Carrier } from '../carriers.ts';
import type { SourceKind } from '../energy-sources.ts';
import type { Names } from '../languages.ts';
import type { PortId } from '../units.ts';

/**
 * Role in the networks: `source` gives energy of its own, `converter` turns one carrier into another, `store` gives back what
 * it took, `endUse` uses energy up, `connection` joins the park to the networks outside, `junction` passes energy on; `none` is
 * in no network by itself (vacant land, a tank of something that is not accounted).
 */
export type Role = 'source' | 'converter' | 'store' | 'endUse' | 'connection' | 'junction' | 'none';

/** Converts inputs to outputs in fixed proportion: per unit of activity it takes `inputs` and gives `outputs` (kW each, LHV). */
export interface Conversion {
  inputs: Partial<Record<Carrier, number>>;
  outputs: Partial<Record<Carrier, number>>;
}

/** A conversion that is usual for a kind; `fuel` stands for whichever fuel it takes. Ports that an asset lacks are left out. */
export interface UsualConversion {
  inputs: Partial<Record<Carrier | 'fuel', number>>;
  outputs: Partial<Record<Carrier, number>>;
}

/** How the simulator runs a converter. */
export interface SimulatedPlant {
  /** Order in which plants run, lower first: recovered heat, then cogeneration, then boilers. */
  turn: number;
  /** Of the plants on one network, the one with the highest value supplies the remainder, so that every moment balances. */
  swing: number;
  /** The product it is run for; absent: heat before steam, cooling, fuels, electricity. */
  runFor?: Carrier;
  /** The product its capacity is stated in; absent: what it is run for. */
  ratedBy?: Carrier;
  /** It does not run below this fraction of its capacity. */
  minLoad?: number;
}

export interface Simulation {
  /** What its own generation follows; absent: it runs evenly. */
  generation?: 'sun' | 'wind';
  /** What its loads follow; absent: people at work, by the use of the asset. */
  load?: 'cars' | 'standby';
  /** When people work there, if its use does not determine it; absent: office hours. */
  shift?: 'continuous';
}

interface Common {
  names: Names;
  /** Ports that it has where the park folder names none and no conversion or storage implies them. */
  ports: readonly PortId[];
  /** Typical height, for drawing only; `onRoof_m` is the height above the roof of its host. */
  height_m: number;
  onRoof_m?: number;
  /** Side of the square that is drawn for an asset of which only a point is known, metres. */
  side_m: number;
  /** Storeys are let to tenants, or used by the asset itself; absent: no storeys and no floor area. */
  floors?: 'let' | 'own';
  /** Land on which nothing stands. */
  vacant?: true;
  /** Source kind of its own generation; absent: the one of its carrier. */
  generates?: SourceKind;
  simulation: Simulation;
}

export interface ConverterKind extends Common {
  role: 'converter';
  /** The first one that has all carriers of the asset is assumed, unless the park folder gives its own. */
  conversions: readonly UsualConversion[];
  plant: SimulatedPlant;
}

export interface OtherKind extends Common {
  role: Exclude<Role, 'converter'>;
}

export type Kind = ConverterKind | OtherKind;
