/** Which file and which folder needs which: circles make it impossible to understand one without the other. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rooms = ['models', 'server', 'client'];
/** Imports of types count too, and threads, which are started by their address. */
const imported = /(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'|new URL\('(\.[^']+\.(?:ts|mjs))', import\.meta\.url\)/g;

function sourcesIn(folder: string): string[] {
  return (
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      // Not the files that imports.test.ts puts there for a moment.
      .filter((name) => /\.(?:tsx?|mjs)$/.test(name) && !name.includes('zz-lint-probe'))
      .map((name) => join(folder, name).replaceAll('\\', '/'))
  );
}

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

function filesGraph(): Graph {
  const files = rooms.flatMap(sourcesIn);
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const targets = [...text.matchAll(imported)].map(([, a, b]) => join(dirname(file), (a ?? b) as string));
      const missing = targets.find((target) => !existsSync(join(root, target)));
      if (missing !== undefined) throw new Error(`${file} imports ${missing}, which is not there`);
      return [file, new Set(targets.filter((target) => target !== file && /\.(?:tsx?|mjs)$/.test(target)))];
    }),
  );
}

/** The same between the folders that the files lie in. */
function foldersGraph(files: Graph): Graph {
  const folders = new Map<string, Set<string>>();
  for (const [file, targets] of files) {
    const from = dirname(file);
    const to = folders.get(from) ?? new Set();
    folders.set(from, to);
    for (const target of targets) if (dirname(target) !== from) to.add(dirname(target));
  }
  return folders;
}

/** Every circle once, as the way around it. */
function circlesOf(graph: Graph): string[][] {
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (at: string, way: readonly string[]): void => {
    const begin = way.indexOf(at);
    if (begin >= 0) return void circles.push([...way.slice(begin), at]);
    if (done.has(at)) return;
    for (const next of graph.get(at) ?? []) visit(next, [...way, at]);
    done.add(at);
  };
  for (const at of graph.keys()) visit(at, []);
  return circles;
}

describe('the rooms', () => {
  const files = filesGraph();
  const folders = foldersGraph(files);

  it('are all looked at', () => {
    expect(files.size).toBeGreaterThan(600);
    expect(files.get('client/pages/Stage.tsx')).toContain('client/scene/Scene.tsx');
    expect(files.get('server/sources/simulator/simulator.ts')).toContain('server/sources/simulator/thread.ts');
  });

  it('have no files that import each other, on whatever way round', () => {
    expect(circlesOf(files)).toEqual([]);
  });

  it('do not import each other, on whatever way round: what stands below knows nothing of what stands above', () => {
    expect(circlesOf(folders)).toEqual([]);
  });

  it('would be seen to import each other', () => {
    const graph: Graph = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c', 'd'])],
      ['c', new Set(['b'])],
      ['d', new Set()],
    ]);
    expect(circlesOf(graph)).toEqual([['b', 'c', 'b']]);
  });

  it('import only what stands above them in the table of the README, which names them all', () => {
    const order = new Map<string, number>();
    let part = '';
    for (const [row, line] of readFileSync(join(root, 'README.md'), 'utf8').split('\n').entries()) {
      const [, first = ''] = /^\| (.*?) \|/.exec(line) ?? [];
      const head = /^\*\*`(\w+)\/`\*\*$/.exec(first);
      if (head) part = rooms.includes(head[1] as string) ? (head[1] as string) : '';
      else if (part !== '') for (const [, name] of first.matchAll(/`([a-z-]+)\/[^`]*`/g)) order.set(`${part}/${name}`, row);
    }
    const roomOf = (folder: string) => folder.split('/').slice(0, 2).join('/');
    const inside = [...folders.keys()].filter((folder) => folder.includes('/'));
    expect(inside.map(roomOf).filter((room) => !order.has(room))).toEqual([]);
    const wrong = inside.flatMap((folder) => {
      const [from, at] = [roomOf(folder), order.get(roomOf(folder)) as number];
      return [...(folders.get(folder) ?? [])]
        .map(roomOf)
        .filter((to) => to !== from && to.split('/')[0] === from.split('/')[0] && (order.get(to) ?? -1) > at)
        .map((to) => `${from} imports ${to}, which stands below it`);
    });
    expect(wrong).toEqual([]);
  });

  it('hold at their roots only what starts or names the rest, and nothing that a room imports', () => {
    const loose = [...files.keys()].filter((file) => dirname(file) === 'server');
    const wanted = [...files].filter(([file]) => dirname(file) !== 'server').flatMap(([, targets]) => [...targets]);
    expect(wanted.filter((target) => loose.includes(target))).toEqual([]);
    expect(sourcesIn('client/panels').filter((file) => dirname(file) === 'client/panels')).toEqual([]);
  });
});
