/** Reads a park folder from disk and builds its park. The arithmetic and the checks are in models/park/build.ts. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPark } from '../../models/park/build.ts';
import type { FactorSet, Park } from '../../models/park/park.ts';
import { parkFileName, readParkFile } from '../../models/park/park-file.ts';
import type { Problem } from '../../models/park/problems.ts';
import { createProblemList } from '../../models/park/problems.ts';
import { bindingOf } from '../../models/park/sources/sources.ts';

/** Factors that every park may use. */
const factorFolder = fileURLToPath(new URL('../../data/factors', import.meta.url));
/** A million vertices take some 40 MB; a larger file covers more than one park. */
const maxLayer_bytes = 64 * 1024 * 1024;
const maxYaml_bytes = 8 * 1024 * 1024;

export interface ParkFolder {
  /** Null when there are errors among the problems. */
  park: Park | null;
  problems: Problem[];
  /** Absolute. */
  folder: string;
  /** Absolute path of a file as park.yaml names it: ${PARK_DATA} resolved, relative to the folder. */
  resolve(file: string): string;
}

/** `set`: which factors to build with, the park's own choice when absent. */
export async function loadParkFolder(path: string, env: { PARK_DATA?: string | undefined }, set?: FactorSet): Promise<ParkFolder> {
  const folder = resolve(path);
  const resolveFile = (file: string) => placeOf(file, folder, env);
  const yaml = await readText(join(folder, parkFileName), maxYaml_bytes);
  if (typeof yaml !== 'string') {
    const mend = `A park folder holds a ${parkFileName}; see docs/park-folder.md. ${yaml.mend}`;
    const problem: Problem = { severity: 'error', file: parkFileName, message: `${yaml.message} (${folder})`, mend };
    return { park: null, problems: [problem], folder, resolve: resolveFile };
  }
  // Read here only for its list of files; buildPark reports what is wrong with it.
  const file = readParkFile(yaml, createProblemList());
  const layers = new Map<string, string | Unreadable>();
  const named = [...(file?.layers ?? []), ...(file?.terrain === undefined ? [] : [file.terrain])].map((f) => f.file);
  for (const name of new Set(named)) layers.set(name, await readNamed(name, resolveFile));
  const tables = [...new Set((file?.points ?? []).flatMap(({ source }) => (source && bindingOf(source).files?.(source)) ?? []))];
  const missing = await missingTables(tables, resolveFile);
  const { park, problems } = buildPark({
    yaml,
    ...(file && { file }),
    files: layers,
    factorFiles: await readFactorFiles(),
    ...(set && { set }),
  });
  return { park: missing.length > 0 ? null : park, problems: [...missing, ...problems], folder, resolve: resolveFile };
}

interface Unreadable {
  message: string;
  mend: string;
}

const dataVariable = /^\$\{PARK_DATA\}/;

/** Absolute path of a file. Throws DataUnset when ${PARK_DATA} is needed and not set. */
function placeOf(file: string, folder: string, env: { PARK_DATA?: string | undefined }): string {
  if (!dataVariable.test(file)) return isAbsolute(file) ? file : join(folder, file);
  if (env.PARK_DATA === undefined || env.PARK_DATA === '') {
    throw new DataUnset(`needs the environment variable PARK_DATA`);
  }
  return join(resolve(env.PARK_DATA), relative('/', join('/', file.replace(dataVariable, ''))));
}

/** A file of the park is in the folder that PARK_DATA names, outside the park folder, and PARK_DATA is not set. */
class DataUnset extends Error {
  mend = 'Set PARK_DATA to the folder with the raw files, as in: PARK_DATA=/data/site npm start -- --park …';
}

async function readNamed(file: string, place: (file: string) => string): Promise<string | Unreadable> {
  try {
    return await readText(place(file), maxLayer_bytes);
  } catch (error) {
    if (error instanceof DataUnset) return { message: error.message, mend: error.mend };
    throw error;
  }
}

async function readText(path: string, max_bytes: number): Promise<string | Unreadable> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { message: `is a folder: ${path}`, mend: 'Give the name of a file.' };
    // A pipe or device may never come to an end.
    if (!found.isFile()) return { message: `is no file: ${path}`, mend: 'Put a file there.' };
    const { size } = found;
    if (size > max_bytes) {
      return {
        message: `has ${Math.round(size / 1e6)} MB, more than ${Math.round(max_bytes / 1e6)}`,
        mend: 'Cut it to the park and simplify it.',
      };
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return { message: `is not there: ${path}`, mend: 'Put the file there, or correct its name.' };
    if (code === 'EISDIR') return { message: `is a folder: ${path}`, mend: 'Give the name of a file.' };
    return { message: `cannot be read: ${(error as Error).message}`, mend: 'Let the user that runs the twin read it.' };
  }
}

/** The replay reads tables of readings later; here it is only checked that they exist. */
async function missingTables(files: readonly string[], place: (file: string) => string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const file of files) {
    try {
      const found = await stat(place(file));
      if (!found.isFile())
        problems.push({ severity: 'error', file, field: 'source.file', message: 'is no file', mend: 'Give the name of a CSV file.' });
    } catch (error) {
      const unset = error instanceof DataUnset;
      const message = unset ? error.message : `is not there: ${place(file)}`;
      const mend = unset ? error.mend : 'Put the file there, or correct source.file of the points that read it.';
      problems.push({ severity: 'error', file, field: 'source.file', message, mend });
    }
  }
  return problems;
}

async function readFactorFiles(): Promise<Map<string, string>> {
  const names = (await readdir(factorFolder)).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(factorFolder, name), 'utf8')));
  return new Map(names.map((name, i) => [`data/factors/${name}`, texts[i] as string]));
}
