import { describe, expect, test } from 'vitest';
import { buildPark } from '../../../models/park/build.ts';
import { sampleTexts } from '../../sample-park.ts';

const lifecycleFactors = JSON.stringify(
  ['grid-life', 'gas-life', 'solar-lifecycle-roof', 'heat-life'].map((id, i) => ({
    id,
    name: { en: id },
    value: 100 * (i + 1),
    unit: 'gCO2e/kWh',
    set: 'lifecycle',
    validFrom: '2024-01-01',
    source: 'test',
    verified: true,
  })),
);

/** The sample park with `more` in its carbon section. */
function build(lifecycle: string, set?: 'direct' | 'lifecycle') {
  const texts = sampleTexts();
  const yaml = texts.yaml.replace(/^carbon:\n/m, `carbon:\n${lifecycle === '' ? '' : `  lifecycle: ${lifecycle}\n`}`);
  const factorFiles = new Map([...texts.factorFiles, ['lifecycle.json', lifecycleFactors]]);
  const built = buildPark({ ...texts, yaml, factorFiles, ...(set && { set }) });
  return { ...built, errors: built.problems.filter((p) => p.severity === 'error').map((p) => p.message) };
}

describe('the life-cycle set', () => {
  const { park } = build('');
  const bound = park?.sources.map((s) => `${s.asset} ${s.port} ${s.factor?.id}`);
  const fallback = Object.keys(park?.fallback ?? {});
  const sources = park?.sources.filter((s) => s.sourceKind !== 'solar') ?? [];
  const name = (asset: string, port: string) => `${asset}: {${port}: {factor: ${port.startsWith('gas') ? 'gas-life' : 'grid-life'}}}`;
  const whole = `{sources: {${sources.map((s) => name(s.asset, s.port)).join(', ')}}, fallback: {${fallback.map((c) => `${c}: grid-life`).join(', ')}}}`;

  test('is not there where a park states none', () => {
    expect(build('', 'lifecycle')).toMatchObject({ park: null, errors: [expect.stringMatching(/no life-cycle factors.*not available/)] });
  });

  test('is not there where one source lacks a factor, and says which', () => {
    const { park, errors } = build('{sources: {}, fallback: {}}', 'lifecycle');
    expect(park).toBeNull();
    expect(errors.join()).toMatch(/no life-cycle factor for grid electricity.out/);
  });

  test('has none but life-cycle factors, sun by where it stands', () => {
    const { park, errors } = build(whole, 'lifecycle');
    expect(errors).toEqual([]);
    expect(park?.set).toBe('lifecycle');
    expect(park?.sources.map((s) => s.factor?.set)).toEqual(park?.sources.map(() => 'lifecycle'));
    expect(park?.sources.find((s) => s.sourceKind === 'solar')?.factor?.id).toBe('solar-lifecycle-roof');
    expect(Object.values(park?.fallback ?? {}).every((f) => f.set === 'lifecycle')).toBe(true);
  });

  test('leaves the direct one as it is, and stands beside it', () => {
    const { park, errors } = build(whole);
    expect(errors).toEqual([]);
    expect(park?.set).toBeUndefined();
    expect(park?.sources.map((s) => `${s.asset} ${s.port} ${s.factor?.id}`)).toEqual(bound);
    expect(park?.sources.find((s) => s.asset === 'grid')?.lifecycle?.id).toBe('grid-life');
  });

  test('takes no direct factor', () => {
    const direct = park?.sources.find((s) => s.asset === 'grid')?.factor?.id;
    expect(build(`{sources: {grid: {electricity.out: {factor: ${direct}}}}}`).errors.join()).toMatch(/is a direct factor/);
  });
});

describe('market', () => {
  const build = (market: string) => {
    const texts = sampleTexts();
    return buildPark({ ...texts, yaml: `${texts.yaml}\nmarket: ${market}\n` });
  };
  const one = (more: string) =>
    `{instruments: [{id: a, name: A, kind: supply, factor: grid-test, from: 2026-01-01, to: 2026-12-31, ${more}}]}`;

  test('has its factors looked up', () => {
    const { park } = build(one('share: 0.5').replace('{instr', '{matching: month, residualFactor: grid-test, instr'));
    expect(park?.market).toMatchObject({
      matching: 'month',
      residual: { id: 'grid-test' },
      instruments: [{ id: 'a', share: 0.5, factor: { id: 'grid-test' } }],
    });
  });

  test.each([
    [one(''), /neither or both/],
    [one('share: 0.5, energy_MWh: 3'), /neither or both/],
    [one('share: 0.5').replace('2026-01-01', '2027-01-01'), /ends before it begins/],
    [one('share: 0.5').replace('grid-test', 'nowhere'), /no factor "nowhere"/],
    [one('share: 0.5').replace('2026-12-31', '2026-02-30'), /a date such as/],
  ])('%s is refused', (market, reason) => {
    const { park, problems } = build(market);
    expect(park).toBeNull();
    expect(problems.map((p) => p.message).join()).toMatch(reason);
  });
});
