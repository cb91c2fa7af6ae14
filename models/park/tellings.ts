/** Which points and virtual points measure a port of an asset: used by accounting, checks and history. */
import type { PortId } from '../units.ts';
import type { Point, VirtualPoint } from './park.ts';

export interface Telling {
  asset: string;
  port: PortId;
  of: Point | VirtualPoint;
  /** −1: the port has the point's values below zero, with the sign reversed. */
  sign: 1 | -1;
}

/** All of one quantity; points before virtual points, each in the park's order. */
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

/** Whether it counts energy: over an interval it is preferred to a power, live a power is preferred. */
export function isCount(of: Point | VirtualPoint): boolean {
  return 'measure' in of && (of.measure === 'register' || of.measure === 'energy');
}

/** `${asset}/${port}` of every port whose power a point or virtual point gives. */
export function meteredPorts(points: readonly Point[], virtualPoints: readonly VirtualPoint[]): string[] {
  return tellingsOf(points, virtualPoints, 'power').map(({ asset, port }) => `${asset}/${port}`);
}
