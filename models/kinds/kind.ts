/** What is to be said of a kind of asset: one file a kind says all of it, and everything else works it out from there. */
import type { Carrier } from '../carriers.ts';
import type { Names } from '../names.ts';
import type { SourceKind } from '../source-kinds.ts';
import type { PortId } from '../units.ts';

/**
 * What it is in the networks: `source` gives of its own, `converter` turns one carrier into another, `store` gives back what it
 * took, `endUse` uses up, `connection` is where the park meets the networks outside, `junction` passes on; `none` stands in no
 * network by itself (vacant land, a tank of something that is not accounted).
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
  /** Lower ones run first: recovered heat, then cogeneration, then boilers. */
  turn: number;
  /** Of those on one network the highest takes up the remainder, so that every moment balances. */
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
  /** What its loads follow; absent: people at work, by what it is used for. */
  load?: 'cars' | 'standby';
  /** When people work there if its use does not tell; absent: office hours. */
  shift?: 'continuous';
}

interface Common {
  names: Names;
  /** Ports where the folder names none, and no conversion or storage implies them. */
  ports: readonly PortId[];
  /** Typical height, for a picture only; `onRoof_m` above the roof of its host. */
  height_m: number;
  onRoof_m?: number;
  /** Side of the square that stands for one of which only a point is known, metres. */
  side_m: number;
  /** Storeys that are let to somebody, or its own; absent: it has none, and no floor area. */
  floors?: 'let' | 'own';
  /** Land on which nothing stands. */
  vacant?: true;
  /** Kind of source its own generation is; absent: as its carrier says. */
  generates?: SourceKind;
  simulation: Simulation;
}

export interface ConverterKind extends Common {
  role: 'converter';
  /** The first that has all its carriers holds, assumed until the folder gives its own. */
  conversions: readonly UsualConversion[];
  plant: SimulatedPlant;
}

export interface OtherKind extends Common {
  role: Exclude<Role, 'converter'>;
}

export type Kind = ConverterKind | OtherKind;
