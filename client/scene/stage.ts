/** What all parts of the scene share while one park is shown. Plain data: React is not notified of changes in it. */
import { createContext, useContext } from 'react';
import {
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  LinearFilter,
  LinearMipmapLinearFilter,
  type MeshDepthMaterial,
  type MeshLambertMaterial,
  NearestFilter,
  NoColorSpace,
  RGBAFormat,
  UnsignedByteType,
} from 'three';
import type { ParkView } from '../../models/api/park-view.ts';
import { projector } from '../../models/park/park.ts';
import { heightAt, meetGround, type Ray3, type Relief } from '../../models/park/relief.ts';
import { mirror } from '../live/mirror.ts';
import type { Built, NearBlock } from './build/build.ts';
import { borderOf } from './build/ground.ts';
import type { Mask } from './build/mask.ts';
import { sitesOf } from './build/sites.ts';
import { type Atmosphere, createAtmosphere } from './shaders/atmosphere.ts';
import { groundMaterial } from './shaders/ground.ts';
import { colourColumns, modelDepthMaterial, modelMaterial } from './shaders/model.ts';
import { type Extent, extentOf } from './shape/extent.ts';
import { landOf } from './shape/land.ts';
import type { Vec } from './shape/ring.ts';
import type { Site } from './shape/site.ts';
import type { Tier } from './tier.ts';

export interface Stage {
  park: ParkView;
  built: Built;
  /** Loads a block of a large park in full detail. */
  near: (block: number) => Promise<NearBlock>;
  /** Fine edges of all blocks that are drawn in full detail. */
  edges: BufferGeometry;
  sites: Site[];
  site: Map<string, Site>;
  extent: Extent;
  project: (lon: number, lat: number) => Vec;
  /** Null on flat land. */
  land: Relief | null;
  /** Height of the ground at metres east and north, above the park's zero. */
  heightAt: (x: number, y: number) => number;
  /** How far along a ray (east, north, up) the ground is; null when it never meets it. */
  groundAlong: (origin: Ray3, direction: Ray3) => number | null;
  atmosphere: Atmosphere;
  /** One texel an asset, in the order of the park. */
  colours: DataTexture;
  colourBytes: Uint8Array;
  materials: { model: MeshLambertMaterial; shadow: MeshDepthMaterial; ground: MeshLambertMaterial };
  tier: Tier;
  /** Something moves: Watch.tsx requests the next frame, at the rate of the tier. */
  moving: boolean;
  /** The system's setting for reduced motion. */
  reduced: MediaQueryList;
  container: HTMLElement;
}

export function createStage(container: HTMLElement, park: ParkView, built: Built, near: Stage['near'], tier: Tier): Stage {
  const land = landOf(park);
  const sites = sitesOf(park, land);
  const extent = extentOf(sites, borderOf(park, projector(park.metadata.place)), land);
  const rows = Math.max(1, Math.ceil(park.assets.length / colourColumns));
  const colourBytes = new Uint8Array(4 * rows * colourColumns);
  const colours = new DataTexture(colourBytes, colourColumns, rows, RGBAFormat, UnsignedByteType);
  colours.colorSpace = NoColorSpace;
  colours.magFilter = NearestFilter;
  colours.minFilter = NearestFilter;
  colours.needsUpdate = true;
  const atmosphere = createAtmosphere();
  if (built.mask) layMask(atmosphere, built.mask);
  atmosphere.uFade.value.set(extent.centre[0], -extent.centre[1], extent.radius * 1.5, extent.radius * 5);
  return {
    park,
    built,
    near,
    edges: new BufferGeometry().setAttribute('position', new BufferAttribute(built.edges, 3)),
    sites,
    site: new Map(sites.map((s) => [s.asset.id, s])),
    extent,
    project: projector(park.metadata.place),
    land,
    heightAt: (x, y) => heightAt(land, x, y),
    groundAlong: (origin, direction) => meetGround(land, origin, direction),
    atmosphere,
    colours,
    colourBytes,
    materials: { model: modelMaterial(atmosphere, colours), shadow: modelDepthMaterial(colours), ground: groundMaterial(atmosphere, land) },
    tier,
    moving: false,
    reduced: matchMedia('(prefers-reduced-motion: reduce)'),
    container,
  };
}

/** Sets the baked light of the ground; until then the ground is drawn without it. */
export function layMask(atmosphere: Atmosphere, { data, size, box }: Mask): void {
  const mask = new DataTexture(data, size, size, RGBAFormat, UnsignedByteType);
  mask.magFilter = LinearFilter;
  mask.minFilter = LinearMipmapLinearFilter;
  mask.generateMipmaps = true;
  mask.needsUpdate = true;
  atmosphere.uMask.value?.dispose();
  atmosphere.uMask.value = mask;
  atmosphere.uMaskBox.value.set(...box);
}

/** Canvas pixels per CSS pixel: `coarse` with software rendering until the camera rests, else `sharp`. */
export const coarse = 0.6;
export const sharp = (): number => Math.min(2, Math.max(1, window.devicePixelRatio));

/** Seconds by which one frame may advance a motion at most, so that nothing jumps after a pause. */
export const longestStep_s = 0.25;

/**
 * Whether pulses, rotors and plumes move: the tier allows it, the system does not ask for reduced motion, the tab is
 * visible, and the values are live or of an accounted interval. Offline, the live values are not known, so nothing moves.
 */
export function inMotion(stage: Stage): boolean {
  if (stage.tier === 'light' || stage.reduced.matches || document.visibilityState !== 'visible') return false;
  return mirror.moment !== 'live' || mirror.connection !== 'offline';
}

export const StageContext = createContext<Stage | null>(null);

export function useStage(): Stage {
  const stage = useContext(StageContext);
  if (!stage) throw new Error('outside of a scene');
  return stage;
}
