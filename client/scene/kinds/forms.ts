/** The form of every kind; the compiler reports a kind without one. A kind with its own shape has a file in this folder. */
import type { AssetKind } from '../../../models/kinds/kinds.ts';
import { apart } from '../shape/apart.ts';
import { building } from '../shape/buildings.ts';
import type { AssetView } from '../shape/character.ts';
import { canopy, gridEntry, kiosk, switchyard, turbineTower } from '../shape/electrical.ts';
import { farBody, farHouse, farPlate } from '../shape/far-body.ts';
import { containerGauges, type Gauge, vesselGauges } from '../shape/gauges.ts';
import { type Chimney, containers, coolingCells, machineHouse, powerHouse } from '../shape/plants.ts';
import { plot } from '../shape/plots.ts';
import type { Site } from '../shape/site.ts';
import { solar } from '../shape/solar.ts';
import { matter } from '../shape/solids.ts';
import { store, vessels } from '../shape/storage.ts';
import { electrolyser } from './electrolyser.ts';
import type { Draw, Form } from './form.ts';

const plain = { naming: 1, far: farBody, gauges: containerGauges } as const;

const house: Form = { ...plain, near: building, far: farHouse, house: true };
const machines: Form = { ...plain, near: machineHouse, house: true };
const yard: Form = { ...plain, near: containers };

const burning = (chimney: Chimney): Form => ({
  ...plain,
  near: (mesh, site) => powerHouse(mesh, site, chimney),
  house: true,
  chimney,
});

/** Draws each outline of an asset as a body of its own, for example in a tank farm. */
const eachOf =
  (draw: Draw): Draw =>
  (mesh, site) => {
    for (const one of apart(site)) draw(mesh, one);
  };

/** True where the outline has room for a yard; else a cabinet is drawn. */
const isLarge = (site: Site) => site.frame.width > 12;

const gravel = matter(0xd6d1c6);

const forms: Record<AssetKind, Form> = {
  building: { ...house, windows: true },
  plant: house,
  substation: {
    ...plain,
    near: (mesh, site) => (isLarge(site) ? switchyard(mesh, site) : kiosk(mesh, site)),
    far: (mesh, site) => (isLarge(site) ? farPlate(mesh, site, 0.3) : farBody(mesh, site)),
  },
  gridConnection: { ...plain, near: gridEntry, far: (mesh, site) => farPlate(mesh, site, 0.3), naming: 4 },
  gasConnection: { ...machines, near: (mesh, site) => (isLarge(site) ? machineHouse(mesh, site) : kiosk(mesh, site)) },
  pv: {
    ...plain,
    near: solar,
    far: (mesh, site) => farPlate(mesh, site, site.host === null ? 1.4 : 0.5),
    naming: 0,
    open: true,
    flat: true,
  },
  wind: { ...plain, near: turbineTower, far: turbineTower, naming: 4, slender: true, rotor: true },
  battery: { ...yard, far: (mesh, site) => farBody(mesh, site, gravel) },
  chp: { ...burning({ radius_m: 1.5, above_m: 22 }), naming: 4 },
  fuelCell: yard,
  boiler: burning({ radius_m: 0.9, above_m: 12 }),
  heatPump: machines,
  chiller: machines,
  thermalStore: { ...plain, near: eachOf((mesh, site) => vessels(mesh, site, store)), gauges: vesselGauges },
  evCharger: { ...plain, near: canopy, far: (mesh, site) => farPlate(mesh, site, site.asset.height_m), open: true, cars: true },
  electrolyser: { ...plain, ...electrolyser },
  coolingTower: { ...plain, near: eachOf(coolingCells), steams: true },
  tank: { ...plain, near: eachOf((mesh, site) => vessels(mesh, site)), gauges: vesselGauges },
  airCompressor: machines,
  gasifier: burning({ radius_m: 1.1, above_m: 16 }),
  plot: { ...plain, near: plot, far: () => {}, naming: 0, vacant: true, flat: true },
};

export function formOf({ kind }: Pick<AssetView, 'kind'>): Form {
  return forms[kind];
}

/** Gauges that show how full a storage is; none for assets that do not store. */
export function gaugesOf(site: Site): Gauge[] {
  return site.asset.storage ? formOf(site.asset).gauges(site) : [];
}
