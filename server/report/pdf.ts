/** Prints pages of this server as PDF with a Chromium of this computer, one at a time, with a temporary profile each. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Path of a Chromium, or null. When a path is named, only that one is tried. */
export function findChromium(named: string | undefined): string | null {
  return (named === undefined ? usual : [named]).find(canRun) ?? null;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export class PrintFault extends Error {
  override name = 'PrintFault';
  constructor(
    readonly why: 'busy' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

const longest_ms = 60_000;
/** The number is limited because each print uses a processor for seconds. */
const mostWaiting = 4;
let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

export function printPage(chromium: string, url: string): Promise<Buffer> {
  if (waiting >= mostWaiting) return Promise.reject(new PrintFault('busy', 'other reports are being printed'));
  waiting++;
  const printed = last.then(() => print(chromium, url)).finally(() => waiting--);
  last = printed.catch(() => {});
  return printed;
}

async function print(chromium: string, url: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'report-'));
  const file = join(folder, 'report.pdf');
  try {
    await run(chromium, [
      '--headless',
      // Chromium's sandbox refuses to start for root, as in most containers. Chromium opens only our own page.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-extensions',
      `--user-data-dir=${join(folder, 'profile')}`,
      // The page fetches the report; virtual time stops while it waits, and the rest of this budget (ms) is for drawing.
      '--virtual-time-budget=20000',
      '--no-pdf-header-footer',
      `--print-to-pdf=${file}`,
      url,
    ]);
    const bytes = await readFile(file);
    if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw new PrintFault('failed', 'Chromium made no PDF');
    return bytes;
  } catch (error) {
    if (error instanceof PrintFault) throw error;
    throw new PrintFault('failed', `Chromium could not print: ${(error as Error).message}`);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => {});
  }
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // Chromium gets its own process group, so that its helper processes end with it.
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Ended already.
      }
    };
    const timer = setTimeout(end, longest_ms);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      end();
      if (code === 0) resolve();
      else reject(new Error(signal === null ? `it ended with ${code}` : 'it took longer than a minute'));
    });
  });
}
