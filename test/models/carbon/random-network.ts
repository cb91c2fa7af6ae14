import fc from 'fast-check';
import type { Network } from '../../../models/carbon/network.ts';

/** Whole watts: powers that meters know, not denormal numbers. */
const power = (max_kW: number) => fc.integer({ min: 0, max: 1000 * max_kW }).map((W) => W / 1000);

const percent = (max: number) => fc.integer({ min: 0, max }).map((p) => p / 100);

/**
 * Balanced networks of up to 14 live nodes with loops, lossy lines and converters, beside dead nodes and rings in which
 * flow only circulates. What a node lacks a source gives, what it has too much a load takes, so it balances by construction.
 */
export const randomNetwork: fc.Arbitrary<Network> = fc
  .record({
    losses: fc.constantFrom('toLoad' as const, 'separate' as const),
    size: fc.integer({ min: 1, max: 14 }),
    dead: fc.integer({ min: 0, max: 2 }),
    ring: fc.integer({ min: 0, max: 4 }),
    lines: fc.array(
      fc.record({
        from: fc.nat(13),
        to: fc.nat(13),
        sent: power(500),
        loss: fc.constantFrom(0, 0.01, 0.08, 0.5),
      }),
      { maxLength: 30 },
    ),
    converters: fc.array(
      fc.record({
        input: fc.nat(13),
        second: fc.option(fc.nat(13), { nil: undefined }),
        outputs: fc.tuple(fc.nat(13), fc.nat(13)),
        taken: power(300).map((kW) => kW + 0.1),
        gain: percent(400),
        allocation: percent(100),
      }),
      { maxLength: 5 },
    ),
    sources: fc.array(
      fc.record({
        node: fc.nat(13),
        power: power(800),
        intensity: fc.constantFrom(0, 12, 202, 540, 900),
      }),
      { maxLength: 8 },
    ),
    fill: fc.constantFrom(0, 202, 540),
  })
  .map((r) => {
    const id = (i: number) => `n${i % r.size}`;
    const balance = new Map<string, number>();
    const book = (node: string, kW: number) => balance.set(node, (balance.get(node) ?? 0) + kW);
    const nodes = [...Array(r.size).keys()].map(id);
    const sources = r.sources.map((s, k) => ({
      id: `s${k}`,
      node: id(s.node),
      power_kW: s.power,
      intensity_gPerKwh: s.intensity,
    }));
    for (const s of sources) book(s.node, s.power_kW);
    const lines = r.lines.map((l, k) => ({
      id: `l${k}`,
      from: id(l.from),
      to: id(l.to),
      sent_kW: l.sent,
      received_kW: l.sent * (1 - l.loss),
    }));
    const converters = r.converters.map((c, k) => ({
      id: `c${k}`,
      inputs: [
        { node: id(c.input), power_kW: c.taken },
        ...(c.second === undefined ? [] : [{ node: id(c.second), power_kW: c.taken / 3 }]),
      ],
      outputs: [
        {
          node: id(c.outputs[0]),
          power_kW: c.taken * c.gain,
          allocation: c.allocation,
        },
        {
          node: id(c.outputs[1]),
          power_kW: c.taken * 0.4,
          allocation: 1 - c.allocation,
        },
      ],
    }));
    for (const l of lines) {
      book(l.from, -l.sent_kW);
      book(l.to, l.received_kW);
    }
    for (const c of converters) {
      for (const i of c.inputs) book(i.node, -i.power_kW);
      for (const o of c.outputs) book(o.node, o.power_kW);
    }
    const loads: Network['loads'] = [];
    for (const node of nodes) {
      const rest = balance.get(node) ?? 0;
      if (rest > 0) loads.push({ id: node, node, power_kW: rest });
      if (rest < 0)
        sources.push({
          id: `fill-${node}`,
          node,
          power_kW: -rest,
          intensity_gPerKwh: r.fill,
        });
    }
    for (let i = 0; i < r.dead; i++) nodes.push(`dead${i}`);
    for (let i = 0; i < r.ring; i++) {
      nodes.push(`ring${i}`);
      const to = `ring${(i + 1) % r.ring}`;
      lines.push({
        id: `ring${i}`,
        from: `ring${i}`,
        to,
        sent_kW: 77,
        received_kW: 77,
      });
    }
    return { losses: r.losses, nodes, sources, lines, converters, loads };
  });
