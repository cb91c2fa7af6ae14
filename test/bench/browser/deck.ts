/** deck.gl's extruded polygons, recoloured as its documentation says: an accessor and updateTriggers. */
import { Deck, MapView } from '@deck.gl/core';
import { PolygonLayer } from '@deck.gl/layers';
import type { ParkView } from '../../../models/api/park-view.ts';
import { luck, type Rival, waitFor } from './rival.ts';

interface Body {
  index: number;
  polygon: number[][][];
  height: number;
}

function bodies(park: ParkView): Body[] {
  return park.assets.flatMap(({ geometry, height_m }, index): Body[] => {
    if (geometry.type === 'Polygon') return [{ index, polygon: geometry.coordinates as number[][][], height: height_m }];
    if (geometry.type === 'MultiPolygon')
      return geometry.coordinates.map((polygon) => ({ index, polygon: polygon as number[][][], height: height_m }));
    return [];
  });
}

export async function deck(stand: HTMLElement, park: ParkView): Promise<Rival> {
  const canvas = document.createElement('canvas');
  stand.append(canvas);
  const data = bodies(park);
  const { lon, lat } = park.metadata.place;
  let round = 0;
  let bearing = 30;
  const layers = () => [
    new PolygonLayer<Body>({
      id: 'assets',
      data,
      extruded: true,
      getPolygon: (d) => d.polygon,
      getElevation: (d) => d.height,
      getFillColor: (d) => [255 * luck(d.index, round), 255 * luck(d.index + 1, round), 80],
      updateTriggers: { getFillColor: round },
    }),
  ];
  const viewState = () => ({ longitude: lon + 0.02, latitude: lat + 0.01, zoom: 13.2, pitch: 55, bearing });
  let loaded: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  const made = new Deck({
    canvas,
    width: stand.clientWidth,
    height: stand.clientHeight,
    views: new MapView(),
    viewState: viewState(),
    useDevicePixels: 1,
    layers: layers(),
    onAfterRender: () => loaded(),
  });
  await ready;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const gl = canvas.getContext('webgl2') as WebGL2RenderingContext;
  const draw = () => made.redraw('bench');
  return {
    recolour: (next) => {
      round = next;
      made.setProps({ layers: layers() });
    },
    orbit: (turn) => {
      bearing = 30 + (turn * 180) / Math.PI;
      made.setProps({ viewState: viewState() });
      draw();
    },
    draw,
    finish: () => waitFor(gl),
    calls: () => Number.NaN,
    triangles: () => Number.NaN,
    textures: () => Number.NaN,
    geometries: () => Number.NaN,
    end: () => {
      made.finalize();
      canvas.remove();
    },
  };
}
