/** Which points and virtual points speak for a port of an asset: asked by accounting, checks and history alike. */
import type { PortId } from '../units.ts';
import type { Point, VirtualPoint } from './park.ts';

export interface Telling {
  asset: string;
  port: PortId;
  of: Point | VirtualPoint;
  /** −1: its values below zero are the port's. */
  sign: 1 | -1;
}

/** Of one quantity; points before virtual points, each in the park's order. */
export function tellingsOf(points: readonly Point[], virtualPoints: readonly VirtualPoint[], quantity: 'power' | 'intensity'): Telling[] {
  return [...points, ...virtualPoints].flatMap((of): Telling[] => {
    const { asset } = of;
    if (asset === undefined || of.quantity !== quantity) return [];
    const negative = quantity === 'power' && 'negativePort' in of ? of.negativePort : undefined;
    return [
      ...(of.port === undefined ? [] : [{ asset, port: of.port, of, sign: 1 as const }]),
      ...(negative === undefined ? [] : [{ asset, port: negative, of, sign: -1 as const }]),
    ];
  });
}

/** Counts energy: over an interval worth more than a power, live worth less. */
export function isCount(of: Point | VirtualPoint): boolean {
  return 'measure' in of && (of.measure === 'register' || of.measure === 'energy');
}

/** `${asset}/${port}` of every power that a point or virtual point tells. */
export function meteredPorts(points: readonly Point[], virtualPoints: readonly VirtualPoint[]): string[] {
  return tellingsOf(points, virtualPoints, 'power').map(({ asset, port }) => `${asset}/${port}`);
}
