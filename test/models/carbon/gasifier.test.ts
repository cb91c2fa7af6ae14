import { expect, test } from 'vitest';
import { account, identityGap } from '../../../models/carbon/account.ts';
import { compile } from '../../../models/carbon/compile.ts';
import { asset, park } from '../tiny-park.ts';

const coal = {
  id: 'coal',
  name: { en: 'coal' },
  value: 343,
  unit: 'gCO2e/kWh' as const,
  set: 'direct' as const,
  validFrom: '2020-01-01',
  source: 'test',
  verified: true,
};

test('carbon of coal leaves the chimney where its gas is burnt, once: at the boiler and the kiln, not at the gasifier', () => {
  const line = { loss: 0, length_m: 100, open: false, implied: false, geometry: null };
  const made = park({
    assets: [
      asset('yard', 'gasConnection', ['coal.out']),
      asset('gasifier', 'gasifier', ['coal.in', 'syngas.out', 'heat.out'], {
        conversion: { inputs: { coal: 1 }, outputs: { syngas: 0.75, heat: 0.1 } },
      }),
      asset('boiler', 'boiler', ['syngas.in', 'heat.out'], { conversion: { inputs: { syngas: 1 }, outputs: { heat: 0.9 } } }),
      asset('kiln', 'building', ['syngas.in']),
      asset('hall', 'building', ['heat.in']),
    ],
    lines: [
      { ...line, id: 'a', carrier: 'coal', from: 'yard', to: 'gasifier' },
      { ...line, id: 'b', carrier: 'syngas', from: 'gasifier', to: 'boiler' },
      { ...line, id: 'c', carrier: 'syngas', from: 'gasifier', to: 'kiln' },
      { ...line, id: 'd', carrier: 'heat', from: 'boiler', to: 'hall' },
      { ...line, id: 'e', carrier: 'heat', from: 'gasifier', to: 'hall' },
    ],
    sources: [{ asset: 'yard', port: 'coal.out', sourceKind: 'other', factor: coal, estimated: false }],
  });
  const compiled = compile(made);
  const port_kW = new Float64Array(compiled.ports.length).fill(Number.NaN);
  const told = { 'yard/coal.out': 1000, 'gasifier/coal.in': 1000, 'gasifier/syngas.out': 750, 'gasifier/heat.out': 100 };
  const used = { 'boiler/syngas.in': 500, 'boiler/heat.out': 450, 'kiln/syngas.in': 250, 'hall/heat.in': 550 };
  for (const [port, kW] of Object.entries({ ...told, ...used })) port_kW[compiled.portIndex.get(port) as number] = kW;
  const none = () => new Float64Array(compiled.ports.length);
  const step = account(compiled, {
    time: Date.UTC(2026, 0, 14),
    port_kW,
    portSigma_kW: none(),
    portEstimated: new Uint8Array(compiled.ports.length),
    line_kW: new Float64Array(made.lines.length).fill(Number.NaN),
    lineSigma_kW: new Float64Array(made.lines.length),
    portIntensity_gPerKwh: none().fill(Number.NaN),
    levels: [],
  });
  const stack = (id: string) => step.assetStack_kgPerH[compiled.assetIndex.get(id) as number] as number;
  const kiln = step.assetAttributed_kgPerH[compiled.assetIndex.get('kiln') as number] as number;
  // What the heat from the gasifier itself carries left its own chimney; the rest went on in the gas.
  expect(stack('gasifier')).toBeGreaterThan(0);
  expect(stack('gasifier')).toBeLessThan(0.2 * 343);
  expect(stack('boiler')).toBeCloseTo(2 * kiln, 9);
  expect(stack('gasifier') + stack('boiler') + kiln).toBeCloseTo(343, 9);
  expect(step.totals.stack_kgPerH).toBeCloseTo(stack('gasifier') + stack('boiler'), 9);
  expect(identityGap(step)).toBeLessThan(1e-12);
});
