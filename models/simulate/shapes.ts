/** Load over the day as a fraction of its peak, by shift and kind of day. */
import { kindRow } from '../kinds/kinds.ts';
import type { Asset } from '../park/park.ts';
import { f64 } from '../typed-arrays.ts';
import type { DayKind, LocalTime } from './working-days.ts';

export const shifts = ['continuous', 'two', 'day', 'office', 'retail', 'residential'] as const;
export type Shift = (typeof shifts)[number];

/** [hour, fraction of peak]…, linear in between, also across midnight. Our own assumptions. */
type Course = readonly (readonly [number, number])[];

const continuous: Course = [
  [0, 0.9],
  [5, 0.88],
  [9, 1],
  [18, 0.97],
  [23, 0.91],
];
const twoShifts: Course = [
  [0, 0.35],
  [5.2, 0.35],
  [6.3, 0.92],
  [9, 1],
  [11.7, 1],
  [12.2, 0.9],
  [13, 1],
  [20, 0.97],
  [21.8, 0.85],
  [22.7, 0.35],
];
const dayShift: Course = [
  [0, 0.17],
  [6.5, 0.19],
  [8, 0.92],
  [10, 1],
  [11.8, 0.98],
  [12.3, 0.72],
  [13.2, 0.97],
  [16.5, 0.95],
  [18, 0.3],
  [20, 0.18],
];
const office: Course = [
  [0, 0.2],
  [6.5, 0.22],
  [8.8, 0.85],
  [11, 1],
  [12.2, 0.86],
  [13.5, 0.97],
  [17, 0.93],
  [19, 0.5],
  [22, 0.24],
];
const retail: Course = [
  [0, 0.12],
  [7, 0.16],
  [10, 0.7],
  [12.5, 0.95],
  [15, 0.85],
  [18.5, 1],
  [21, 0.8],
  [22, 0.2],
];
const residential: Course = [
  [0, 0.42],
  [4, 0.3],
  [6.5, 0.6],
  [8, 0.62],
  [11, 0.42],
  [16, 0.45],
  [19.5, 1],
  [22, 0.82],
];
const idleOffice: Course = [
  [0, 0.19],
  [8, 0.21],
  [12, 0.28],
  [18, 0.24],
  [21, 0.2],
];
const idleHall: Course = [
  [0, 0.16],
  [8, 0.18],
  [16, 0.19],
  [20, 0.16],
];
const slowLine: Course = [
  [0, 0.84],
  [9, 0.9],
  [18, 0.9],
  [23, 0.85],
];
const idleTwo: Course = [
  [0, 0.26],
  [8, 0.3],
  [16, 0.3],
  [20, 0.27],
];

const courses: Record<Shift, Record<DayKind, Course>> = {
  continuous: { work: continuous, saturday: continuous, rest: slowLine },
  two: { work: twoShifts, saturday: twoShifts, rest: idleTwo },
  day: { work: dayShift, saturday: idleHall, rest: idleHall },
  office: { work: office, saturday: idleOffice, rest: idleOffice },
  retail: { work: retail, saturday: retail, rest: retail },
  residential: { work: residential, saturday: residential, rest: residential },
};

const steps = 96;

/** Quarter-hour values per shift and kind of day, made once because they are looked up very often. */
const tables = Object.fromEntries(
  shifts.map((shift) => [shift, Object.fromEntries(Object.entries(courses[shift]).map(([kind, course]) => [kind, tabulate(course)]))]),
) as Record<Shift, Record<DayKind, Float64Array>>;

function tabulate(course: Course): Float64Array {
  return Float64Array.from({ length: steps }, (_, i) => {
    const hour = (24 * i) / steps;
    const next = course.findIndex(([h]) => h > hour);
    const b = course[next === -1 ? 0 : next] as readonly [number, number];
    const a = course[(next === -1 ? course.length : next) - 1] ?? (course.at(-1) as readonly [number, number]);
    const span = (b[0] - a[0] + 24) % 24 || 24;
    return a[1] + ((b[1] - a[1]) * ((hour - a[0] + 24) % 24)) / span;
  });
}

/** Fraction of peak, 0…1. After midnight the day before fades into the new one within an hour. */
export function activity(shift: Shift, { kind, before, hour }: Pick<LocalTime, 'kind' | 'before' | 'hour'>): number {
  const now = lookUp(tables[shift][kind], hour);
  if (hour >= 1 || before === kind) return now;
  return hour * now + (1 - hour) * lookUp(tables[shift][before], hour);
}

function lookUp(table: Float64Array, hour: number): number {
  const x = (hour / 24) * steps;
  const i = Math.floor(x);
  const a = f64(table, i % steps);
  const b = f64(table, (i + 1) % steps);
  return a + (b - a) * (x - i);
}

const byUse: readonly [RegExp, Shift][] = [
  [/data|fab|semicond|pharma|chem|cold|clean|hospital|medical|water|battery/i, 'continuous'],
  [/apartment|residen|dorm|housing|hotel/i, 'residential'],
  [/shop|retail|canteen|restaurant|visitor|museum|sport|parking|fire/i, 'retail'],
  [/office|research|lab|training|school|library|admin|class|lecture/i, 'office'],
  [/logist|warehouse|food|textile|packag|assembly|automotive/i, 'two'],
  [/works|workshop|factory|machine|manufact|craft/i, 'day'],
];

/** The shift that the asset gives, else the one that its use suggests. */
export function shiftOf(asset: Asset): Shift {
  const given = shifts.find((shift) => shift === asset.properties.shift);
  const suggested = byUse.find(([use]) => use.test(asset.use ?? ''))?.[1];
  return given ?? suggested ?? kindRow(asset.kind).simulation.shift ?? 'office';
}

/** W of electricity per m² of floor at the peak, where the park gives none. Our own rough figures. */
const peak_WPerM2: readonly [RegExp, number][] = [
  [/data/i, 700],
  [/fab|semicond/i, 250],
  [/lab|research|pharma|hospital|medical/i, 60],
  [/parking/i, 3],
  [/warehouse|logist/i, 12],
  [/apartment|residen|dorm|housing/i, 15],
  [/works|factory|machine|manufact|food|textile|battery|plant|water/i, 55],
];

/** Peak electricity in kW by floor area and use; an asset without floors takes 50 kW. */
export function peakByArea_kW(asset: Asset): number {
  const perM2 = peak_WPerM2.find(([use]) => use.test(asset.use ?? ''))?.[1] ?? 32;
  return asset.floorArea_m2 > 0 ? (asset.floorArea_m2 * perM2) / 1000 : 50;
}
