import { describe, expect, it } from 'vitest';
import type { Point } from '../../../models/park/park.ts';
import { bad, good, heldAt, meanOver, meterOf, uncertain } from '../../../models/telemetry/point-value.ts';
import { createWindow, insert } from '../../../models/telemetry/window.ts';
import { point } from '../tiny-park.ts';

const minute = 60_000;
const T = Date.UTC(2026, 5, 1, 4);

/** Minutes from T → value; null for "no value". */
function meterWith(more: Partial<Point>, readings: [number, number | null][]) {
  const meter = meterOf(point('p', 'a', 'electricity.in', more));
  const window = createWindow(500);
  for (const [at, value] of readings) insert(window, T + at * minute, value, 'good');
  return { meter, window };
}

function held(more: Partial<Point>, readings: [number, number | null][], at: number) {
  const { meter, window } = meterWith(more, readings);
  return heldAt(meter, window, T + at * minute);
}

describe('what a reading means', () => {
  const mean = { measure: 'mean', cadence_s: 900 } as const;
  const cases: [string, Partial<Point>, [number, number | null][], number][] = [
    ['an instant in MW', { unit: 'MW' }, [[0, 1.5]], 1500],
    ['an instant in W', { unit: 'W' }, [[0, 1500]], 1.5],
    ['heat in GJ/h', { unit: 'GJ/h' }, [[0, 3.6]], 1000],
    ['gas in m³/h by its heating value', { unit: 'm3/h', kWhPerUnit: 10 }, [[0, 30]], 300],
    ['a mean in kW', mean, [[0, 80]], 80],
    ['energy in kWh per quarter-hour', { ...mean, measure: 'energy', unit: 'kWh' }, [[0, 25]], 100],
    ['energy in GJ per hour', { measure: 'energy', unit: 'GJ', cadence_s: 3600 }, [[0, 3.6]], 1000],
    ['steam in t per quarter-hour', { measure: 'energy', unit: 't', kWhPerUnit: 700, cadence_s: 900 }, [[0, 2]], 5600],
    [
      'a register in kWh',
      { measure: 'register', unit: 'kWh', cadence_s: 900 },
      [
        [-15, 1000],
        [0, 1025],
      ],
      100,
    ],
    [
      'a register in MWh',
      { measure: 'register', unit: 'MWh', cadence_s: 3600 },
      [
        [-60, 7],
        [0, 7.5],
      ],
      500,
    ],
    [
      'a register of gas in m³',
      { measure: 'register', unit: 'm3', kWhPerUnit: 10, cadence_s: 900 },
      [
        [-15, 100],
        [0, 130],
      ],
      1200,
    ],
  ];
  for (const [name, more, readings, kW] of cases) {
    it(`takes ${name}`, () => expect(held(more, readings, 0)?.value).toBeCloseTo(kW, 9));
  }

  it('knows a mean labelled by its start only at its end', () => {
    const more = { measure: 'mean', label: 'start', cadence_s: 900 } as const;
    expect(
      held(
        more,
        [
          [-15, 10],
          [0, 20],
        ],
        14,
      )?.value,
    ).toBe(10);
    expect(
      held(
        more,
        [
          [-15, 10],
          [0, 20],
        ],
        15,
      ),
    ).toMatchObject({ value: 20, start: T, end: T + 15 * minute });
  });

  it('does not use a reading before its time', () => {
    expect(
      held(
        {},
        [
          [-1, 10],
          [3, 99],
        ],
        0,
      )?.value,
    ).toBe(10);
    expect(held({}, [[3, 99]], 0)).toBeNull();
  });

  it('holds the last value and says bad when the newest has none', () => {
    expect(
      held(
        {},
        [
          [-2, 10],
          [-1, null],
        ],
        0,
      ),
    ).toMatchObject({ value: 10, end: T - 2 * minute, validity: bad });
  });

  it('keeps other quantities in their unit', () => {
    expect(held({ quantity: 'temperature', unit: 'degC' }, [[0, -5]], 0)?.value).toBe(-5);
    expect(held({ quantity: 'stateOfCharge', unit: '%' }, [[0, 45]], 0)?.value).toBe(45);
  });
});

describe('registers', () => {
  const register = { measure: 'register', unit: 'kWh', cadence_s: 900 } as const;

  it('say nothing alone', () => expect(held(register, [[0, 1000]], 0)).toBeNull());

  it('begin a new count when a swapped meter stands higher than anyone could have used', () => {
    const sane = { ...register, maxPower_kW: 500 };
    const readings: [number, number][] = [
      [-45, 1000],
      [-30, 1010],
      [-15, 900_000],
      [0, 900_020],
    ];
    expect(held(sane, readings.slice(0, 3), -15)).toMatchObject({ value: 40, end: T - 30 * minute });
    expect(held(sane, readings, 0)).toMatchObject({ value: 80, validity: good });
    expect(held(register, readings.slice(0, 3), -15)?.value).toBeGreaterThan(3e6);
  });

  it('turn over at 2^32 with the right difference', () => {
    const more = { ...register, rollover: 2 ** 32 };
    expect(
      held(
        more,
        [
          [-15, 2 ** 32 - 10],
          [0, 15],
        ],
        0,
      )?.value,
    ).toBeCloseTo(100, 9);
  });

  it('give no negative power when a meter is swapped, and count on from there', () => {
    const readings: [number, number][] = [
      [-45, 990],
      [-30, 1000],
      [-15, 3],
      [0, 23],
    ];
    expect(held(register, readings, -15)).toMatchObject({ value: 40, end: T - 30 * minute, validity: uncertain });
    expect(held(register, readings, 0)).toMatchObject({ value: 80, validity: good });
  });

  it('count nothing twice when they fall to zero for a moment', () => {
    const readings: [number, number][] = [
      [-45, 990],
      [-30, 1000],
      [-15, 0],
      [0, 1020],
    ];
    expect(held(register, readings, -15)?.value).toBe(40);
    expect(held(register, readings, 0)).toMatchObject({ value: 40, start: T - 30 * minute });
  });

  it('take 0xFFFFFFFF for no answer, 65535 for a number', () => {
    expect(
      held(
        register,
        [
          [-30, 100],
          [-15, 0xffff_ffff],
          [0, 110],
        ],
        0,
      ),
    ).toMatchObject({ value: 20, start: T - 30 * minute });
    expect(
      held(
        register,
        [
          [-15, 65_515],
          [0, 65_535],
        ],
        0,
      )?.value,
    ).toBe(80);
  });

  it('spread a gap over the time it took', () => {
    expect(
      held(
        register,
        [
          [-60, 0],
          [0, 100],
        ],
        0,
      )?.value,
    ).toBe(100);
  });

  it('are exact over intervals, whatever the readings’ times', () => {
    const { meter, window } = meterWith(register, [
      [-20, 0],
      [-10, 10],
      [5, 40],
    ]);
    // 60 kW until −10 min, then 120 kW.
    const mean = meanOver(meter, window, T - 15 * minute, T);
    expect(mean.value).toBeCloseTo((60 * 5 + 120 * 10) / 15, 9);
    expect(mean.covered).toBe(1);
  });
});

describe('means over an interval', () => {
  it('weigh instants by the time they held', () => {
    const { meter, window } = meterWith({}, [
      [-20, 10],
      [-10, 40],
      [-4, 100],
    ]);
    expect(meanOver(meter, window, T - 15 * minute, T).value).toBeCloseTo((10 * 5 + 40 * 6 + 100 * 4) / 15, 9);
  });

  it('hold an instant no longer than until it is missing', () => {
    const { meter, window } = meterWith({}, [[-180, 10]]);
    expect(meanOver(meter, window, T - 90 * minute, T)).toMatchObject({ value: 10, covered: 1 / 3 });
    expect(meanOver(meter, window, T - 15 * minute, T).value).toBeNaN();
  });

  it('take means for what they cover and nothing else', () => {
    const more = { measure: 'mean', cadence_s: 300 } as const;
    const { meter, window } = meterWith(more, [
      [-10, 10],
      [0, 40],
    ]);
    const mean = meanOver(meter, window, T - 15 * minute, T);
    expect(mean.value).toBe(25);
    expect(mean.covered).toBeCloseTo(2 / 3, 9);
  });

  it('see no gap in a step of 5.001 minutes', () => {
    const { meter, window } = meterWith({ measure: 'mean', cadence_s: 300 }, [
      [-9.999, 10],
      [-4.998, 10],
      [0.003, 10],
    ]);
    expect(meanOver(meter, window, T - 15 * minute, T)).toMatchObject({ value: 10 });
    expect(meanOver(meter, window, T - 15 * minute, T).covered).toBeGreaterThan(0.999);
  });
});

describe('a meter that repeats itself', () => {
  const run = (value: number, n: number): [number, number][] => Array.from({ length: n }, (_, i) => [-5 * i, value]);

  it('is doubted after an hour and a dozen readings', () => {
    const more = { cadence_s: 300, range: [0, 1000] as [number, number] };
    expect(held(more, run(123.4, 12), 0)?.validity).toBe(good);
    expect(held(more, run(123.4, 13), 0)?.validity).toBe(uncertain);
    expect(held(more, [...run(123.4, 13), [5, 123.5]], 5)?.validity).toBe(good);
  });

  it('may well stand at nothing', () => {
    expect(held({ cadence_s: 300, range: [0, 1000] }, run(0, 30), 0)?.validity).toBe(good);
  });
});
