/** Builds the park from a park folder's texts, or says what is wrong. Pure: server/twin/park-folder.ts reads the files. */

import { buildAssets } from './assets.ts';
import { checkPark } from './check.ts';
import { compact } from './compact.ts';
import { buildEvents } from './events.ts';
import { buildFallback, buildSources, readFactors, setOf } from './factors.ts';
import { distinct, distinctContext, mergeAssets, type Sorted, sortFeatures, toText } from './features.ts';
import { readLayer } from './layers.ts';
import { withLifecycleStarts } from './lifecycle-start.ts';
import { buildLines } from './lines.ts';
import { buildMarket } from './market.ts';
import type { Factor, FactorSet, Park, Retention, Terrain } from './park.ts';
import { parkFileName, readParkFile } from './park-file.ts';
import { markFar } from './places.ts';
import { buildPoints, checkSources, type Things } from './points.ts';
import type { Problem } from './problems.ts';
import { condense, createProblemList, type ProblemList } from './problems.ts';
import { buildReporting } from './reporting.ts';
import type { ParkFile } from './schema.ts';
import { modeOf } from './sources/sources.ts';
import { buildSpreads } from './spreads.ts';
import { buildTerrain } from './terrain.ts';
import { buildVirtualPoints } from './virtual-points.ts';

export interface ParkTexts {
  /** park.yaml */
  yaml: string;
  /** park.yaml already parsed, where that was done before: large files take seconds. */
  file?: ParkFile;
  /** Layer file as named in park.yaml → its text. A file that could not be read is absent, or has a message that says why. */
  files: ReadonlyMap<string, string | { message: string; mend: string }>;
  /** Name → text of data/factors/*.json. */
  factorFiles: ReadonlyMap<string, string>;
  /** Which factors to build with: the park's own choice when absent. Life-cycle only where every source has such a factor. */
  set?: FactorSet;
}

export function buildPark(input: ParkTexts): { park: Park | null; problems: Problem[] } {
  const problems = createProblemList();
  const file = input.file ?? readParkFile(input.yaml, problems);
  const park = file === null ? null : assemble(file, input, problems);
  return { park: problems.failed() ? null : park, problems: condense(problems.list) };
}

function assemble(file: ParkFile, input: ParkTexts, problems: ProblemList): Park | null {
  const sorted = readLayers(file, input.files, problems);
  const terrain = readTerrain(file, input.files, problems);
  // Stops where a whole file is missing: otherwise everything that refers to it would be reported as well.
  if (problems.list.some((p) => p.severity === 'error' && p.feature === undefined)) return null;
  const features = distinct(mergeAssets(sorted.assets, file.assets), 'asset', problems);
  const drawnLines = distinct(sorted.lines, 'line', problems);
  const fileOf = new Map([...features, ...drawnLines].map((f) => [f.id, f.file]));
  const assets = markFar(buildAssets(features, problems), file.place);
  const lines = buildLines(drawnLines, file, assets, problems);
  const things: Things = { assets: new Map(assets.map((a) => [a.id, a])), lines: new Map(lines.map((l) => [l.id, l])) };
  const points = buildPoints(file, things, problems);
  checkSources(points, problems);
  const virtualPoints = buildVirtualPoints(file, points, things, problems);
  const spreads = buildSpreads(file, { assets, points, virtualPoints }, problems);
  const factors = readFactors(input.factorFiles, file, problems);
  const set = setToBuild(file, factors, input.set, problems);
  const fallback = buildFallback(file, factors, set, problems);
  const replays = modeOf({ points }) === 'replayed';
  const taken = new Set([...assets, ...lines].map((f) => f.id));
  const park = compact<Park>({
    id: file.id,
    name: toText(file.name),
    fictional: file.fictional,
    description: file.description === undefined ? undefined : toText(file.description),
    place: compact<Park['place']>({ ...file.place, name: file.place.name === undefined ? undefined : toText(file.place.name) }),
    timeZone: file.timeZone,
    currency: file.currency,
    gridZone: file.gridZone,
    interval_s: file.interval_s,
    tick_s: file.clock.tick_s,
    losses: file.carbon.losses,
    cogeneration: file.carbon.cogeneration,
    assets: set === 'lifecycle' && file.carbon.lifecycle ? withLifecycleStarts(assets, fallback) : assets,
    lines,
    ...(terrain !== null && { terrain }),
    context: markFar(distinctContext(sorted.context, taken), file.place),
    points,
    virtualPoints,
    spreads,
    ...buildSources(file, { assets, points, virtualPoints, fallback }, factors, set, problems),
    fallback,
    unmetered: file.unmetered.map((u) => ({ ...u, name: toText(u.name) })),
    credits: file.credits,
    tenants: file.tenants.map((t) => compact<Park['tenants'][number]>({ ...t, name: toText(t.name), sector: t.sector })),
    stories: file.stories.map((s) =>
      compact<Park['stories'][number]>({ ...s, title: toText(s.title), body: toText(s.body), asset: s.asset, figures: s.figures }),
    ),
    ...(file.events.length > 0 && { events: buildEvents(file, assets, problems) }),
    ...(set === 'lifecycle' && { set }),
    ...buildMarket(file, { factors, points, virtualPoints }, problems),
    ...buildReporting(file, assets, problems),
    simulation: file.simulation ?? null,
    ...(Object.keys(file.retention).length > 0 && { retention: compact<Retention>(file.retention) }),
    replay: file.replay ?? (replays ? { loop: true } : null),
  });
  checkPark(park, (id) => fileOf.get(id) ?? parkFileName, problems);
  return park;
}

function setToBuild(file: ParkFile, factors: ReadonlyMap<string, Factor>, wanted: FactorSet | undefined, problems: ProblemList): FactorSet {
  const own = setOf(file, factors);
  if (wanted === undefined || wanted === own) return own;
  if (wanted === 'lifecycle' && file.carbon.lifecycle) return wanted;
  const lacks = wanted === 'lifecycle' ? 'no life-cycle factors' : 'no direct factors';
  problems.error(
    { file: parkFileName, feature: 'carbon', field: 'carbon.lifecycle' },
    `the park names ${lacks}: that set is not available`,
    'Name direct factors in carbon.sources and life-cycle ones in carbon.lifecycle.',
  );
  return own;
}

function readLayers(file: ParkFile, files: ParkTexts['files'], problems: ProblemList): Sorted {
  const all: Sorted = { assets: [], lines: [], context: [] };
  for (const layer of file.layers) {
    const text = textOf(layer.file, 'layers', files, problems);
    if (text === null) continue;
    const { assets, lines, context } = sortFeatures(layer, readLayer(layer, text, problems), problems);
    all.assets = all.assets.concat(assets);
    all.lines = all.lines.concat(lines);
    all.context = all.context.concat(context);
  }
  return all;
}

function readTerrain({ terrain, place }: ParkFile, files: ParkTexts['files'], problems: ProblemList): Terrain | null {
  if (terrain === undefined) return null;
  const text = textOf(terrain.file, 'terrain', files, problems);
  return text === null ? null : buildTerrain(terrain, text, place, problems);
}

/** null = it cannot be read; this is reported. */
function textOf(name: string, field: string, files: ParkTexts['files'], problems: ProblemList): string | null {
  const text = files.get(name);
  if (typeof text === 'string') return text;
  const { message, mend } = text ?? {
    message: 'is not there',
    mend: `Put the file into the park folder, or correct ${field}: in park.yaml.`,
  };
  problems.error({ file: name }, message, mend);
  return null;
}
