import { describe, expect, test } from 'vitest';
import type { PortRole } from '../../../models/kinds/roles.ts';
import type { Storage } from '../../../models/park/park.ts';
import type { PortId } from '../../../models/units.ts';
import { asset, compiled, factor, line, source } from './small-park.ts';

const storage = { carrier: 'electricity', capacity_kWh: 1 } as Storage;

function roles(of: ReturnType<typeof asset>): Partial<Record<PortId, PortRole>> {
  return Object.fromEntries(compiled([of]).ports.map((p) => [p.port, p.role]));
}

describe('compile', () => {
  test.each([
    [asset('x', 'gridConnection', ['electricity.out', 'electricity.in']), ['import', 'export']],
    [asset('x', 'gasConnection', ['gas.out']), ['import']],
    [asset('x', 'building', ['electricity.in', 'wasteHeat.out']), ['load', 'generation']],
    [asset('x', 'pv', ['electricity.out']), ['generation']],
    [asset('x', 'chp', ['gas.in', 'electricity.out', 'heat.out']), ['input', 'product', 'product']],
    [asset('x', 'chp', ['electricity.out']), ['generation']],
    [asset('x', 'chiller', ['electricity.in']), ['load']],
    [asset('x', 'chiller', ['electricity.in', 'cooling.out', 'wasteHeat.out']), ['input', 'product', 'generation']],
    [asset('x', 'plant', ['gas.in', 'steam.out'], { conversion: { inputs: { gas: 1 }, outputs: { steam: 0.8 } } }), ['input', 'product']],
    [asset('x', 'battery', ['electricity.in', 'electricity.out'], { storage }), ['charge', 'discharge']],
  ])('knows what the ports of %o are for', (of, expected) => {
    expect(Object.values(roles(of))).toEqual(expected);
  });

  test('connects hosted assets at the node of their host, through any chain', () => {
    const c = compiled([
      asset('inverter', 'pv', ['electricity.out'], { at: 'roof' }),
      asset('roof', 'building', [], { at: 'hall' }),
      asset('hall', 'building', ['electricity.in', 'heat.in']),
    ]);
    expect(c.nodes).toEqual([
      { asset: 'hall', carrier: 'electricity' },
      { asset: 'hall', carrier: 'heat' },
    ]);
    expect(c.nodeIndex.get('inverter/electricity')).toBe(c.nodeIndex.get('hall/electricity'));
  });

  test('looks up factors, lines and unmetered rests', () => {
    const c = compiled([asset('grid', 'gridConnection', ['electricity.out']), asset('s', 'substation', [])], {
      lines: [line('l', 'electricity', 'grid', 's')],
      sources: [source('grid', 'electricity.out', 'grid', factor(500))],
      unmetered: [{ asset: 's', carrier: 'electricity', name: { en: 'rest' } }],
    });
    expect(c.ports[0]?.source).toBe(0);
    expect([c.lineFrom[0], c.lineTo[0], c.unmeteredNode[0]]).toEqual([0, 1, 1]);
  });

  test('refuses lines and hosts that do not exist', () => {
    expect(() => compiled([], { lines: [line('l', 'heat', 'a', 'b')] })).toThrow('there is no asset "a"');
    expect(() => compiled([asset('a', 'pv', [], { at: 'b' })])).toThrow('asset "a" is at "b", which does not exist');
    expect(() => compiled([asset('a', 'pv', [], { at: 'a' })])).toThrow('hosted in a circle');
  });
});
