/** The sample park (grid, sun, battery, cogeneration, boiler) built with direct and with life-cycle factors. */
import { buildPark } from '../models/park/build.ts';
import type { Park } from '../models/park/park.ts';
import { sampleTexts } from './sample-park.ts';

/** gCO2e/kWh. Direct ones are 550, 200 and 0 (test/sample-park.ts). */
export interface LifecycleValues {
  grid: number;
  gas: number;
  sun: number;
}

export const usualLifecycle: LifecycleValues = { grid: 631, gas: 271, sun: 43 };

const whole = `lifecycle:
    sources: {grid: {electricity.out: {factor: grid-life}}, gas: {gas.out: {factor: gas-life}}}
    fallback: {electricity: grid-life, gas: gas-life}`;

export function lifecycleTexts(values: LifecycleValues = usualLifecycle, section = whole): Parameters<typeof buildPark>[0] {
  const texts = sampleTexts();
  const factor = (id: string, value: number) => ({
    id,
    name: { en: id },
    value,
    unit: 'gCO2e/kWh',
    set: 'lifecycle',
    validFrom: '2020-01-01',
    source: 'made up for tests',
    verified: false,
  });
  const factors = [
    { ...factor('grid-life', values.grid), renewableShare: 0.2 },
    factor('gas-life', values.gas),
    factor('solar-lifecycle-roof', values.sun),
  ];
  return {
    ...texts,
    yaml: texts.yaml.replace(/^carbon:\n/m, section === '' ? 'carbon:\n' : `carbon:\n  ${section}\n`),
    factorFiles: new Map([...texts.factorFiles, ['life.json', JSON.stringify(factors)]]),
  };
}

/** Ticks only when told to. */
function built(texts: Parameters<typeof buildPark>[0], set?: 'lifecycle'): Park {
  const { park, problems } = buildPark({ ...texts, ...(set && { set }) });
  if (park === null) throw new Error(problems.map(({ message }) => message).join('\n'));
  return { ...park, tick_s: 3600 };
}

export function twoSets(values?: LifecycleValues): { direct: Park; lifecycle: Park } {
  const texts = lifecycleTexts(values);
  return { direct: built(texts), lifecycle: built(texts, 'lifecycle') };
}

/** Whose grid alone has a life-cycle factor. */
export function incomplete(): Park {
  return built(lifecycleTexts(usualLifecycle, 'lifecycle: {sources: {grid: {electricity.out: {factor: grid-life}}}}'));
}
