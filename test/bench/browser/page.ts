/** What the bench in Node asks of the page; every answer is plain data. */

import { takeUpdate } from '../../../client/live/connection.ts';
import { metricOf } from '../../../client/live/metric.ts';
import { live, mirror } from '../../../client/live/mirror.ts';
import { paintAssets } from '../../../client/scene/asset-colours.ts';
import { sitesOf } from '../../../client/scene/build/sites.ts';
import { pick, targetsOf } from '../../../client/scene/pick.ts';
import type { ParkDocument } from '../../../models/api/park-document.ts';
import { type ParkView, viewOf } from '../../../models/api/park-view.ts';
import { encodeUpdate } from '../../../models/wire/codec.ts';
import { deck } from './deck.ts';
import { meshes } from './meshes.tsx';
import { fillMirror, mounted, ours } from './ours.ts';
import { luck, type Rival } from './rival.ts';

const stand = document.getElementById('stand') as HTMLElement;
const parks = new Map<string, ParkView>();
const documents = new Map<string, string>();

async function parkOf(name: string): Promise<ParkView> {
  const known = parks.get(name);
  if (known) return known;
  documents.set(name, await (await fetch(`./${name}.json`)).text());
  const park = viewOf(JSON.parse(documents.get(name) as string) as ParkDocument);
  parks.set(name, park);
  return park;
}

const middle = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
const timed = (call: () => void) => {
  const began = performance.now();
  call();
  return performance.now() - began;
};

export interface Measured {
  /** Handing over all colours and submitting the frame, main thread. */
  recolour_ms: number;
  /** The same until it is drawn. */
  recoloured_ms: number;
  /** Submitting a frame while turning, main thread. */
  orbit_ms: number;
  orbited_ms: number;
  calls: number;
  triangles: number;
  textures: number;
  geometries: number;
}

function measure(rival: Rival, rounds: number): Measured {
  const main: number[] = [];
  const whole: number[] = [];
  for (let round = 1; round <= rounds + 2; round++) {
    rival.finish();
    const began = performance.now();
    rival.recolour(round);
    rival.draw();
    const submitted = performance.now();
    rival.finish();
    if (round <= 2) continue;
    main.push(submitted - began);
    whole.push(performance.now() - began);
  }
  const turning: number[] = [];
  const turned: number[] = [];
  for (let round = 0; round < rounds + 2; round++) {
    rival.finish();
    const began = performance.now();
    rival.orbit((round / rounds) * 0.6);
    const submitted = performance.now();
    rival.finish();
    if (round < 2) continue;
    turning.push(submitted - began);
    turned.push(performance.now() - began);
  }
  return {
    recolour_ms: middle(main),
    recoloured_ms: middle(whole),
    orbit_ms: middle(turning),
    orbited_ms: middle(turned),
    calls: rival.calls(),
    triangles: rival.triangles(),
    textures: rival.textures(),
    geometries: rival.geometries(),
  };
}

let day = { slots: new Uint32Array(0), next: 2 };

const bench = {
  /** From the document's text in hand to the first picture, drawn. */
  async firstPicture(name: string): Promise<{ parsed_ms: number; first_ms: number }> {
    await parkOf(name);
    const text = documents.get(name) as string;
    const began = performance.now();
    const park = viewOf(JSON.parse(text) as ParkDocument);
    const parsed_ms = performance.now() - began;
    const { stop, first_ms } = await mounted(stand, park);
    stop();
    return { parsed_ms, first_ms: first_ms + parsed_ms };
  },
  async rival(which: 'ours' | 'deck' | 'meshes', name: string, rounds: number): Promise<Measured> {
    const park = await parkOf(name);
    const rival =
      which === 'ours'
        ? await ours(stand, park)
        : which === 'deck'
          ? await deck(stand, park)
          : await meshes(stand, park, [3400, 2600, 4200]);
    const found = measure(rival, rounds);
    rival.end();
    return found;
  },
  /** Values to bytes for all assets, and a ray among all of them. */
  async small(name: string): Promise<{ paint_ms: number; pick_ms: number }> {
    const park = await parkOf(name);
    const layout = fillMirror(park);
    const ids = park.assets.map((a) => a.id);
    const out = new Uint8Array(4 * ids.length);
    const highlight = { selected: null, hovered: null };
    const paint = Array.from({ length: 25 }, (_, round) => {
      for (const [i, id] of ids.entries()) live.values[layout.assets.get(id)?.intensity ?? 0] = 600 * luck(i, round);
      return timed(() => paintAssets(out, ids, layout, metricOf(park, layout, 'intensity', live.values), live.values, highlight));
    });
    const sites = sitesOf(park);
    const targets = targetsOf(sites);
    const rays = Array.from({ length: 200 }, (_, i) => {
      const at = sites[(i * 53) % sites.length]?.centre ?? [0, 0];
      const [x, y] = [at[0] - 900, at[1] - 1200];
      const l = Math.hypot(900, 1200, 800);
      return timed(() => pick(targets, [x, y, 800], [900 / l, 1200 / l, -800 / l]));
    });
    return { paint_ms: middle(paint), pick_ms: middle(rays) };
  },
  /** A park comes and goes. */
  async swap(name: string): Promise<void> {
    const { stop } = await mounted(stand, await parkOf(name));
    stop();
  },
  /** `count` updates of 1,000 values each into the mirror, as the line does it; a park has to stand. */
  async startDay(name: string): Promise<void> {
    const park = await parkOf(name);
    const layout = fillMirror(park);
    day = { slots: Uint32Array.from([...layout.assets.values()].slice(0, 1000), (s) => s.intensity), next: 2 };
    await mounted(stand, park);
  },
  async live(count: number): Promise<void> {
    const values = new Float32Array(day.slots.length);
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < values.length; i++) values[i] = 600 * luck(i, day.next);
      const time = mirror.time + 1000;
      if (takeUpdate(encodeUpdate({ epoch: 1, seq: day.next++, time, slots: day.slots, values }), performance.now()) !== 'taken')
        throw new Error('an update was not taken');
      // As a browser would between two seconds: frames and collections get their turn.
      if (k % 200 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
  },
  renderer(): string {
    const gl = document.createElement('canvas').getContext('webgl2');
    const extension = gl?.getExtension('WEBGL_debug_renderer_info');
    return String(gl?.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  },
};

export type BrowserBench = typeof bench;
(window as unknown as { bench: BrowserBench }).bench = bench;
document.documentElement.dataset['bench'] = 'ready';
