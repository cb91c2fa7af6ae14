/** Car parks: rows of bays with aisles between, and where cars stand. */
import { type Area, at, chance, distanceToEdge, type Frame, frameOf, inArea, type Ring, rectangle, type Vec } from './ring.ts';

export interface Car {
  at: Vec;
  /** Unit vector of the direction in which it faces. */
  axis: Vec;
  /** 0…1, picks its colour and form. */
  variety: number;
}

export interface CarPark {
  marking: Ring[];
  cars: Car[];
}

const bay = { width: 2.6, depth: 5.2 };
const aisle = 6.2;

/** Fills an area with bays; a fraction `taken` of them has a car, always the same ones. */
export function layOut(id: string, area: Area, taken: number): CarPark {
  const marking: Ring[] = [];
  const cars: Car[] = [];
  const frame = frameOf(area[0] as Ring);
  const period = 2 * bay.depth + aisle;
  const rows = Math.max(1, Math.round(frame.width / period));
  const columns = Math.floor((frame.length - 3) / bay.width);
  for (let r = 0; r < rows; r++) {
    const middle = ((r + 0.5) / rows - 0.5) * frame.width;
    const spread = Math.min(frame.width / rows, period) / 2 - 0.4;
    for (const side of [-1, 1]) {
      const v = middle + side * (spread - bay.depth / 2);
      if (side === 1 && spread < bay.depth) continue;
      bays(id, area, frame, columns, v, side, taken, marking, cars, r * 2 + (side + 1) / 2);
    }
  }
  return { marking, cars };
}

function bays(
  id: string,
  area: Area,
  frame: Frame,
  columns: number,
  v: number,
  side: number,
  taken: number,
  marking: Ring[],
  cars: Car[],
  row: number,
): void {
  for (let i = 0; i <= columns; i++) {
    const u = (i - columns / 2) * bay.width;
    const line = at(frame, u, v);
    if (inArea(line, area) && distanceToEdge(line, area) > 1.2)
      marking.push(rectangle(frame, u - 0.07, u + 0.07, v - bay.depth / 2, v + bay.depth / 2));
    if (i === columns) continue;
    const c = at(frame, u + bay.width / 2, v);
    if (!inArea(c, area) || distanceToEdge(c, area) < 2.2) continue;
    const variety = chance(id, 1000 * row + i);
    if (variety > taken) continue;
    const out = chance(id, 5000 + 1000 * row + i) < 0.25 ? -side : side;
    cars.push({ at: c, axis: [-frame.axis[1] * out, frame.axis[0] * out], variety: variety / Math.max(taken, 1e-6) });
  }
}

/** Bays on both sides under a charging canopy; in the order in which they fill. */
export function chargingBays(id: string, area: Area): Car[] {
  const cars: (Car & { order: number })[] = [];
  const frame = frameOf(area[0] as Ring);
  const columns = Math.floor((frame.length - 1) / 2.7);
  for (let i = 0; i < columns; i++) {
    const u = (i - (columns - 1) / 2) * 2.7 + 0.1;
    for (const side of frame.width > 8 ? [-1, 1] : [0.25]) {
      const v = side * Math.min(frame.width / 2 - 2.6, 3.1);
      const out = side < 0 ? -1 : 1;
      cars.push({
        at: at(frame, u, v),
        axis: [-frame.axis[1] * out, frame.axis[0] * out],
        variety: chance(id, i * 2 + (side > 0 ? 1 : 0)),
        order: chance(id, 9000 + i * 2 + (side > 0 ? 1 : 0)),
      });
    }
  }
  return cars.sort((a, b) => a.order - b.order).map(({ order: _, ...car }) => car);
}

/** Parked cars outside the charging bays: under a canopy only charging cars are shown. */
export function clearOf(cars: readonly Car[], canopies: readonly Area[]): Car[] {
  return canopies.length === 0 ? [...cars] : cars.filter((car) => !canopies.some((area) => inArea(car.at, area)));
}
