import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { generateCommand } from '../../../server/commands/generate.ts';

const folder = mkdtempSync(join(tmpdir(), 'generated-'));
afterAll(() => rmSync(folder, { recursive: true }));

const quiet = () => {};
const request = (more: object) => ({ assets: '12', seed: '1', out: join(folder, 'park'), force: false, ...more });

it('writes a park folder that is good, and says what is in it', async () => {
  const shown: number[] = [];
  const { output, messages, exit } = await generateCommand(request({}), (done) => shown.push(done));
  expect({ messages, exit }).toEqual({ messages: [], exit: 0 });
  expect(output).toMatch(/: 12 assets, \d+ lines, \d+ points, .* MB, seed 1\.$/);
  expect(readdirSync(join(folder, 'park')).sort()).toEqual(['park.geojson', 'park.yaml']);
  expect(shown.at(-1)).toBe(12);
});

it('does not write over a park unless it is asked to', async () => {
  const before = readFileSync(join(folder, 'park', 'park.geojson'), 'utf8');
  const { messages, exit } = await generateCommand(request({ seed: '2' }), quiet);
  expect(exit).toBe(1);
  expect(messages.join()).toMatch(/holds a park already.*--force/);
  expect(readFileSync(join(folder, 'park', 'park.geojson'), 'utf8')).toBe(before);
  expect((await generateCommand(request({ seed: '2', force: true }), quiet)).exit).toBe(0);
  expect(readFileSync(join(folder, 'park', 'park.geojson'), 'utf8')).not.toBe(before);
});

it('never writes into a folder of something else, not even by force', async () => {
  writeFileSync(join(folder, 'park', 'notes.txt'), 'mine');
  const { messages, exit } = await generateCommand(request({ force: true }), quiet);
  expect(exit).toBe(1);
  expect(messages.join()).toMatch(/holds notes.txt: give a new or empty folder/);
});

it('says what it cannot do', async () => {
  for (const [more, message] of [
    [{ assets: '9' }, /--assets 9: a whole number from 10 to 30000/],
    [{ assets: 'many' }, /--assets many/],
    [{ assets: '1e4' }, /--assets 1e4/],
    [{ seed: '-3' }, /--seed -3/],
    [{ out: join(folder, 'park', 'notes.txt') }, /is a file/],
    [{ out: join(folder, 'park', 'notes.txt', 'deep') }, /is a file/],
  ] as const) {
    const { messages, exit } = await generateCommand(request(more), quiet);
    expect(exit).toBe(1);
    expect(messages.join()).toMatch(message);
  }
});
