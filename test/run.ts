/**
 * `npm test`: types, lint, unit and integration tests, then browser tests, in that order; everything runs even when
 * an earlier part fails. At the end every test that failed is named with what it said, so that who sees only the end of
 * a long log knows; the last line counts the tests.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { buildClient } from '../server/build-client.ts';
import { ensureChromium } from './browser/chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'ecopark-test-'));
let failed = 0;
let passed = 0;
let skipped = 0;
const broken: string[] = [];
const told: string[] = [];

/** What a failed test said, short enough to be read beside others. A test that took too long has no message of its own. */
function shortly(message = ''): string {
  if (message.startsWith('Error: STACK_TRACE_ERROR')) return 'took longer than it may';
  return stripVTControlCharacters(message).split('\n').slice(0, 12).join('\n    ').slice(0, 1500);
}

function run(title: string, command: string, args: string[], env: NodeJS.ProcessEnv = {}): boolean {
  console.log(`\n── ${title}`);
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', command), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) broken.push(title);
  return status === 0;
}

function vitest(title: string, args: string[], env: NodeJS.ProcessEnv = {}): void {
  const file = join(reports, `${title.replace(/\W+/g, '-')}.json`);
  run(title, 'vitest/vitest.mjs', ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], env);
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    skipped += report.numPendingTests;
    for (const suite of report.testResults) {
      const where = relative(root, suite.name);
      const tests = suite.assertionResults.filter((test: { status: string }) => test.status === 'failed');
      for (const test of tests) told.push(`✗ ${where} › ${test.fullName}\n    ${shortly(test.failureMessages[0])}`);
      // A file that could not be read, or whose set-up failed, has no test that says so.
      if (suite.status === 'failed' && tests.length === 0) {
        failed += 1;
        told.push(`✗ ${where}\n    ${shortly(suite.message) || 'its set-up failed: see the log'}`);
      }
    }
  } catch {
    failed += 1;
    console.error(`${title}: no report was written`);
  }
}

run('types', 'typescript/bin/tsc', ['--noEmit']);
run('lint, format and import rules', '@biomejs/biome/bin/biome', ['check', '.']);
vitest('unit and integration tests', []);
const chromium = ensureChromium();
console.log(`\n${chromium.said}`);
if (chromium.path) {
  await buildClient();
  vitest('browser tests', ['--config', 'vitest.browser.config.ts'], { CHROMIUM: chromium.path });
} else broken.push('browser tests');

for (const line of told) console.error(`\n${line}`);
if (broken.length > 0) console.error(`\nFailed: ${broken.join(', ')}`);
console.log(`\n${passed} passed, ${Math.max(failed, broken.length > 0 ? 1 : 0)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(broken.length > 0 ? 1 : 0);
