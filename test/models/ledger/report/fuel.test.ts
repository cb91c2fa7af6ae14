import { expect, test } from 'vitest';
import { compile } from '../../../../models/carbon/compile.ts';
import { scope1Parts } from '../../../../models/ledger/report/breakdown.ts';
import { asset, park } from '../../tiny-park.ts';

test('Scope 1 names who burns carbon: not who burns hydrogen, and fuel made of fuel where it is burnt', () => {
  const compiled = compile(
    park({
      assets: [
        asset('gasifier', 'gasifier', ['coal.in', 'syngas.out'], { conversion: { inputs: { coal: 1 }, outputs: { syngas: 0.75 } } }),
        asset('kiln', 'building', ['syngas.in']),
        asset('forklifts', 'building', ['hydrogen.in']),
      ],
    }),
  );
  const columns: Record<string, Record<string, number>> = {
    gasifier: { 'coal.in.Wh': 1000, 'syngas.out.Wh': 750, 'stack.mg': 0 },
    kiln: { 'syngas.in.Wh': 750, 'syngas.in.mg': 343_000 },
    forklifts: { 'hydrogen.in.Wh': 200, 'hydrogen.in.mg': 110_000 },
  };
  const sumsOf = (id: string) => ({ intervals: 1, expected: 1, columns: columns[id] ?? {}, known: {} });
  const parts = scope1Parts(compiled, sumsOf, 343_000);
  expect(parts.map(({ id, mg, Wh }) => [id, mg, Wh])).toEqual([
    ['kiln', 343_000, 750],
    // What it took went on as fuel: counted where that is burnt.
    ['gasifier', 0, null],
  ]);
});
