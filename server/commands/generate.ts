/** `npm run twin -- generate`: writes a generated park of any size as a park folder and checks it. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fewestAssets, generatePark, mostAssets } from '../../models/generate/generate.ts';
import { loadParkFolder } from '../twin/park-folder.ts';
import { sentence } from './check.ts';

export interface GenerateRequest {
  assets: string;
  seed: string;
  out: string;
  force: boolean;
}

export interface GenerateOutcome {
  /** For standard output, one line. */
  output?: string;
  /** For standard error. */
  messages: string[];
  exit: 0 | 1;
}

/** Only these files of a generated folder may be overwritten, and only with --force. */
const ours: ReadonlySet<string> = new Set(['park.yaml', 'park.geojson']);

export async function generateCommand(request: GenerateRequest, show: (done: number, of: number) => void): Promise<GenerateOutcome> {
  const bad = (message: string): GenerateOutcome => ({ messages: [message], exit: 1 });
  const assets = wholeNumber(request.assets);
  if (assets === null || assets < fewestAssets || assets > mostAssets)
    return bad(`--assets ${request.assets}: a whole number from ${fewestAssets} to ${mostAssets} is needed.`);
  const seed = wholeNumber(request.seed);
  if (seed === null || seed > 2 ** 31) return bad(`--seed ${request.seed}: a whole number from 0 to ${2 ** 31} is needed.`);
  const out = resolve(request.out);
  const found = await listed(out);
  if (typeof found === 'string') return bad(found);
  const foreign = found.filter((name) => !ours.has(name));
  if (foreign.length > 0)
    return bad(`${out} holds ${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ' …' : ''}: give a new or empty folder.`);
  if (found.length > 0 && !request.force) return bad(`${out} holds a park already: give another folder, or --force to write over it.`);
  const files = generatePark({ assets, seed, progress: (done) => show(done, assets) });
  try {
    await mkdir(out, { recursive: true });
    for (const [name, text] of files) await writeFile(join(out, name), text);
  } catch (error) {
    return bad(`${out} cannot be written: ${(error as Error).message}`);
  }
  const { park, problems } = await loadParkFolder(out, {});
  const messages = problems.map(sentence);
  if (park === null) return { messages: [...messages, 'What was written is not a good park: this is a fault of the generator.'], exit: 1 };
  const size = [...files.values()].reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
  const count = (n: number) => n.toLocaleString('en');
  return {
    output: `${request.out}: ${count(park.assets.length)} assets, ${count(park.lines.length)} lines, ${count(park.points.length)} points, ${(size / 1e6).toFixed(1)} MB, seed ${seed}.`,
    messages,
    exit: 0,
  };
}

function wholeNumber(text: string): number | null {
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/** Names in a folder; none where there is no folder; an error message where it cannot be read. */
async function listed(folder: string): Promise<string[] | string> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') return `${folder} is a file: give the name of a folder.`;
    return `${folder} cannot be read: ${(error as Error).message}`;
  }
}
