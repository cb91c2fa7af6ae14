/** `npm run twin -- check <folder>`: lists the problems of a park folder and summarises the park. */
import type { Problem } from '../../models/park/problems.ts';
import { type Summary, summary } from '../../models/park/summary.ts';
import { loadParkFolder } from '../twin/park-folder.ts';

export interface CheckOutcome {
  /** For standard output. */
  output: string;
  exit: 0 | 1;
}

export async function checkCommand(
  folder: string,
  env: { PARK_DATA?: string | undefined },
  options: { json: boolean },
): Promise<CheckOutcome> {
  const { park, problems } = await loadParkFolder(folder, env);
  const facts = park === null ? null : summary(park);
  const errors = problems.filter((p) => p.severity === 'error');
  const warnings = problems.filter((p) => p.severity === 'warning');
  const exit = errors.length > 0 ? 1 : 0;
  if (options.json) return { output: JSON.stringify({ ok: exit === 0, errors, warnings, summary: facts }, null, 2), exit };
  const parts = [...errors, ...warnings].map(sentence);
  if (facts !== null) parts.push(report(facts));
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  parts.push(
    `${exit === 0 ? 'The park can start' : 'The park cannot start'}: ${count(errors.length, 'error')}, ${count(warnings.length, 'warning')}.`,
  );
  return { output: parts.join('\n\n'), exit };
}

export function sentence({ severity, file, feature, field, message, mend }: Problem): string {
  const place = [file, feature, field].filter((part) => part !== undefined).join(' › ');
  return `${severity.toUpperCase()} ${place}\n  ${message}\n  → ${mend}`;
}

function report(facts: Summary): string {
  const kinds = (count: Record<string, number>) =>
    Object.entries(count)
      .map(([kind, n]) => `${n} ${kind}`)
      .join(', ');
  const hectares = facts.area_m2 === null ? 'no boundary drawn' : `${(facts.area_m2 / 10_000).toFixed(1)} ha`;
  const networks = facts.networks.map(({ carrier, nodes, lines, parts, loads }) => {
    const lost = loads.filter((l) => !l.reachable).map((l) => l.asset);
    const reach = lost.length === 0 ? 'all reached by a source' : `${lost.length} reached by no source: ${lost.join(', ')}`;
    return `  ${carrier}: ${nodes} nodes, ${lines} lines, ${parts} ${parts === 1 ? 'part' : 'parts'}, ${loads.length} loads, ${reach}`;
  });
  const { points, ports } = facts;
  return [
    `${facts.name} (${facts.id})`,
    `  area: ${hectares}, footprints ${facts.footprint_m2} m², floors ${facts.floorArea_m2} m²`,
    `  ${facts.assets.total} assets: ${kinds(facts.assets.byKind)}`,
    `  drawn besides: ${kinds(facts.context) || 'nothing'}`,
    `  ${points.total} points (${kinds(points.bySource) || 'none'}): ${points.bound} bound to the park, ${points.unbound.length} unbound; ${points.virtual} virtual`,
    `  ${ports.total} ports: ${ports.metered} told by points, ${ports.spread} by spreads`,
    ...networks,
  ].join('\n');
}
