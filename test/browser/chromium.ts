/** Finds a Chromium for the browser tests: named, installed, Playwright's, or installed now by the system's package manager. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { chromium } from 'playwright-core';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function runs(path: string | undefined): path is string {
  if (!path) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of a Chromium that is here already, or null. $CHROMIUM wins. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM'];
  if (runs(named)) return named;
  return installed.find(runs) ?? (runs(chromium.executablePath()) ? chromium.executablePath() : null);
}

const attempts: { title: string; command: string; args: string[] }[] = [
  { title: 'apt-get', command: 'sh', args: ['-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium'] },
  { title: 'dnf', command: 'dnf', args: ['install', '-y', 'chromium'] },
  { title: 'brew', command: 'brew', args: ['install', '--cask', 'chromium'] },
  { title: 'Playwright', command: process.execPath, args: ['node_modules/playwright-core/cli.js', 'install', 'chromium'] },
];

/** Finds or installs a Chromium; `said` is for the person who waits. */
export function ensureChromium(): { path: string | null; said: string } {
  const found = findChromium();
  if (found) return { path: found, said: `Browser tests use ${found}` };
  for (const { title, command, args } of attempts) {
    console.log(`No Chromium found: trying to install one with ${title} …`);
    spawnSync(command, args, { stdio: 'ignore' });
    const now = findChromium();
    if (now) return { path: now, said: `Installed Chromium with ${title}: ${now}` };
  }
  return { path: null, said: 'No Chromium found and none could be installed: set CHROMIUM to its path and run npm test again.' };
}

/** Flags that make headless Chromium draw WebGL in software and stay off the network. */
export const chromiumFlags = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
