/** Whatever stands in the files, the builder answers with a park or with problems, never with an exception. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { buildPark } from '../../../models/park/build.ts';
import { sampleGeoJson, sampleTexts, sampleYaml } from '../../sample-park.ts';

const oddities = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    null,
    '',
    'electricity',
    'hall',
    'building',
    -1,
    0,
    1e308,
    [],
    {},
    [[]],
    ['__proto__'],
    'electricity.in',
    '*',
    '<b>',
    [120.7, 31.85],
  ),
);

/** Replaces, removes or repeats one value somewhere in a tree; `path` picks the child at each level. */
function mutated(tree: unknown, path: number[], odd: unknown, how: 'replace' | 'remove' | 'repeat'): unknown {
  const copy = structuredClone(tree);
  let parent: unknown = copy;
  for (const [level, step] of path.entries()) {
    if (typeof parent !== 'object' || parent === null) break;
    const keys = Object.keys(parent);
    const key = keys[step % Math.max(1, keys.length)];
    if (key === undefined) break;
    const holder = parent as Record<string, unknown>;
    const next = holder[key];
    if (level === path.length - 1 || typeof next !== 'object' || next === null) {
      if (how === 'replace') holder[key] = odd;
      else if (Array.isArray(holder)) how === 'remove' ? holder.splice(Number(key), 1) : holder.push(next);
      else if (how === 'remove') delete holder[key];
      break;
    }
    parent = next;
  }
  return copy;
}

const mutation = fc.tuple(
  fc.array(fc.nat(40), { minLength: 1, maxLength: 7 }),
  oddities,
  fc.constantFrom('replace', 'remove', 'repeat' as const),
);
const several = fc.array(mutation, { minLength: 1, maxLength: 3 });
const change = (tree: unknown, changes: [number[], unknown, 'replace' | 'remove' | 'repeat'][]) =>
  changes.reduce((t, [path, odd, how]) => mutated(t, path, odd, how), tree);

function answers(yaml: string, geojson: string): void {
  const { park, problems } = buildPark({ ...sampleTexts(), yaml, files: new Map([['park.geojson', geojson]]) });
  const errors = problems.filter((p) => p.severity === 'error');
  expect(park === null).toBe(errors.length > 0);
  for (const p of problems) {
    expect(p.message).not.toBe('');
    expect(p.mend).not.toBe('');
  }
}

test('a changed park.geojson is built or refused', () => {
  const tree = JSON.parse(sampleGeoJson) as unknown;
  fc.assert(
    fc.property(several, (changes) => answers(sampleYaml, JSON.stringify(change(tree, changes)))),
    { numRuns: 300 },
  );
});

test('a changed park.yaml is built or refused', () => {
  const tree = parse(sampleYaml) as unknown;
  fc.assert(
    fc.property(several, (changes) => answers(stringify(change(tree, changes)), sampleGeoJson)),
    { numRuns: 300 },
  );
});

test('text that is anything is refused', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => answers(sampleYaml, text)),
    { numRuns: 100 },
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => answers(text, sampleGeoJson)),
    { numRuns: 100 },
  );
});
