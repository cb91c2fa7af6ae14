/** `npm run twin -- <command>`. Results on standard output, messages on standard error; exit 0 good, 1 bad input, 2 wrong usage. */

import { readFile } from 'node:fs/promises';
import { Command, CommanderError, Option } from 'commander';
import type { FactorSet } from '../models/park/park.ts';
import { factorSets } from '../models/park/park.ts';
import { accountCommand } from './commands/account.ts';
import { checkCommand } from './commands/check.ts';
import { generateCommand } from './commands/generate.ts';
import { kindsCommand } from './commands/kinds.ts';
import { progressBar } from './commands/progress-bar.ts';
import { traceCommand } from './commands/trace.ts';

const program = new Command('twin').description('Tools for park folders and networks.').exitOverride().showHelpAfterError();

program
  .command('check')
  .description('Check a park folder: errors, warnings, and what the park amounts to.')
  .argument('<folder>', 'park folder, for example data/parks/demo')
  .option('--json', 'print JSON')
  .action(async (folder: string, options: { json?: boolean }) => {
    const { output, exit } = await checkCommand(folder, { PARK_DATA: process.env['PARK_DATA'] }, { json: options.json === true });
    process.stdout.write(`${output}\n`);
    process.exitCode = exit;
  });

program
  .command('kinds')
  .description('List the kinds of asset and the carriers that a park folder may use.')
  .option('--json', 'print JSON')
  .action((options: { json?: boolean }) => {
    process.stdout.write(`${kindsCommand({ json: options.json === true })}\n`);
  });

program
  .command('trace')
  .description('Trace the carbon through a network and print it as JSON.')
  .argument('<network.json>', 'network: nodes, sources, lines, converters, loads')
  .action(async (path: string) => {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      process.stderr.write(`${path} cannot be read: ${(error as Error).message}\n`);
      process.exitCode = 1;
      return;
    }
    const { output, error, exit } = traceCommand(text);
    if (output !== undefined) process.stdout.write(`${output.trimEnd()}\n`);
    if (error !== undefined) process.stderr.write(`${error.trimEnd()}\n`);
    process.exitCode = exit;
  });

program
  .command('account')
  .description('Account for a stretch of a park’s past from its recorded readings.')
  .argument('<folder>', 'park folder, for example data/parks/ucsd')
  .requiredOption('--from <day>', 'first local day (2019-02-01), or a time with offset')
  .requiredOption('--to <day>', 'last local day, inclusive, or a time with offset')
  .addOption(new Option('--factors <set>', 'which factors').choices(factorSets).default('direct'))
  .option('--data <folder>', 'take stored readings from here (the server’s DATA_DIR) instead of the files points are bound to')
  .option('--json', 'print JSON')
  .action(async (folder: string, options: { from: string; to: string; factors: FactorSet; data?: string; json?: boolean }) => {
    const request = { folder, ...options, json: options.json === true };
    const bar = progressBar(process.stderr, 'days');
    const { output, messages, exit } = await accountCommand(request, { PARK_DATA: process.env['PARK_DATA'] }, bar.show);
    bar.end();
    if (output !== undefined) process.stdout.write(`${output}\n`);
    for (const message of messages) process.stderr.write(`${message}\n`);
    process.exitCode = exit;
  });

program
  .command('generate')
  .description('Make up a plausible park of any size and write it as a park folder.')
  .requiredOption('--assets <number>', 'how many assets, 10 to 30000')
  .requiredOption('--out <folder>', 'park folder to write')
  .option('--seed <number>', 'another seed gives another park', '1')
  .option('--force', 'write over a park that was generated before')
  .action(async (options: { assets: string; out: string; seed: string; force?: boolean }) => {
    const bar = progressBar(process.stderr, 'assets');
    const { output, messages, exit } = await generateCommand({ ...options, force: options.force === true }, bar.show);
    bar.end();
    if (output !== undefined) process.stdout.write(`${output}\n`);
    for (const message of messages) process.stderr.write(`${message}\n`);
    process.exitCode = exit;
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has already printed what is wrong. Asking for help is not an error and exits with 0.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
