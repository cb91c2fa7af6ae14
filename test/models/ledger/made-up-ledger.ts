/** A ledger of days made of random whole numbers that obey what a real one obeys: parts sum to totals, both sides are equal. */
import { compile } from '../../../models/carbon/compile.ts';
import type { Compiled } from '../../../models/carbon/step.ts';
import { isFuel } from '../../../models/carriers.ts';
import { parkOwner, type SummedBlock } from '../../../models/ledger/block.ts';
import type { LedgerStatus } from '../../../models/ledger/edition.ts';
import type { Park } from '../../../models/park/park.ts';
import { createCalendar, dayBounds, daysBetween, intervalsIn } from '../../../models/time/calendar.ts';
import { carrierOf } from '../../../models/units.ts';

export function random(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Days of every owner. `accounted`: share of each day's intervals. */
export function madeUpDays(park: Park, first: string, last: string, seed: number, accounted = 1): Map<string, SummedBlock> {
  const compiled = compile(park);
  const calendar = createCalendar(park);
  const days = daysBetween(first, last);
  const next = random(seed);
  const whole = (most: number) => Math.floor(next() * most);
  const expected = Float64Array.from(days, (day) => intervalsIn(calendar, dayBounds(calendar, day)));
  const intervals = expected.map((n) => Math.round(n * accounted));
  const owners = new Map<string, SummedBlock>();
  const put = (owner: string, name: string, day: number, value: number) => {
    const block = owners.get(owner) ?? {
      periods: days,
      times: Float64Array.from(days, (day) => dayBounds(calendar, day).from),
      columns: new Map<string, Float64Array>(),
      known: new Map<string, Float64Array>(),
      intervals,
      expected,
    };
    owners.set(owner, block);
    const column = block.columns.get(name) ?? new Float64Array(days.length);
    block.columns.set(name, column);
    block.known.set(name, intervals);
    column[day] = (column[day] as number) + value;
  };
  for (let day = 0; day < days.length; day++) {
    for (const [a, asset] of compiled.park.assets.entries())
      dayOf(compiled, a, asset.id, (name, value) => put(asset.id, name, day, value), put, day, whole);
    const of = (name: string) => owners.get(parkOwner)?.columns.get(name)?.[day] ?? 0;
    put(parkOwner, 'unmetered.mg', day, whole(3e6));
    put(parkOwner, 'exported.mg', day, 0);
    put(parkOwner, 'losses.mg', day, whole(1e6));
    put(parkOwner, 'otherInjected.mg', day, whole(1e5));
    const out = of('attributed.mg') + of('unmetered.mg') + of('exported.mg') + of('storageChange.mg') + of('losses.mg');
    put(parkOwner, 'imported.mg', day, out - of('stack.mg') - of('otherInjected.mg'));
    put(parkOwner, 'onsite.Wh', day, whole(1e6));
    const used = of('consumption.Wh');
    put(parkOwner, 'renewable.Wh', day, Math.floor(used * next()));
    put(parkOwner, 'from.grid.Wh', day, Math.floor(used * 0.6));
    put(parkOwner, 'from.solar.Wh', day, used - Math.floor(used * 0.6));
    put(parkOwner, 'estimated.Wh', day, Math.floor(used * 0.03));
    put(parkOwner, 'flagged', day, whole(3));
  }
  return owners;
}

type Put = (owner: string, name: string, day: number, value: number) => void;

function dayOf(
  compiled: Compiled,
  a: number,
  id: string,
  own: (name: string, value: number) => void,
  put: Put,
  day: number,
  whole: (most: number) => number,
): void {
  const all = (name: string, value: number) => put(parkOwner, name, day, value);
  for (const p of compiled.assetPorts[a] ?? []) {
    const port = compiled.ports[p];
    if (!port) continue;
    const carrier = carrierOf(port.port);
    const [Wh, mg] = [whole(9e6), whole(4e6)];
    own(`${port.port}.Wh`, Wh);
    own(`${port.port}.mg`, mg);
    if (port.role === 'load') {
      own('attributed.mg', mg);
      own('energy.Wh', Wh);
      own('estimated.Wh', Math.floor(Wh / 20));
      all('attributed.mg', mg);
      if (carrier === 'electricity') {
        all('consumption.Wh', Wh);
        all('consumption.mg', mg);
      }
      if (isFuel(carrier)) all('scope1.mg', mg);
    }
    if (port.role === 'import' && !isFuel(carrier)) {
      all('scope2Location.mg', mg);
      all('import.Wh', Wh);
    }
    if (port.role === 'input' && isFuel(carrier)) {
      own('stack.mg', mg);
      all('stack.mg', mg);
      all('scope1.mg', mg);
    }
    if (port.role === 'charge') all('storageChange.mg', mg);
    if (port.role === 'discharge') all('storageChange.mg', -mg);
  }
  if (id === compiled.park.assets[0]?.id)
    for (const { asset, carrier } of compiled.park.unmetered) all(`unmetered.${asset}/${carrier}.Wh`, whole(1e5));
}

export function madeUpStatus(over: Partial<LedgerStatus> = {}): LedgerStatus {
  return {
    timeZone: 'Asia/Shanghai',
    interval_s: 900,
    from: Date.UTC(2024, 0, 1),
    until: Date.UTC(2030, 0, 1),
    sets: ['direct'],
    dirty: 0,
    gone: [],
    progress: null,
    editions: [
      {
        id: 1,
        set: 'direct',
        from: null,
        to: null,
        factors: 'grid-test 550',
        method: 'ghgProtocolEfficiency',
        software: '0.1.0',
        reason: 'first accounting',
        who: 'the twin',
        at: Date.UTC(2026, 0, 1),
      },
    ],
    locks: [],
    adjustments: [],
    simulated: true,
    rawFrom: null,
    ...over,
  };
}
