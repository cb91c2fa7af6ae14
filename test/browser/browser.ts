/** A real browser before the real server: what browser tests share. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { sampleYaml } from '../sample-park.ts';
import { type Child, startChild, writeSampleFolder } from '../server/child-server.ts';
import { chromiumFlags, findChromium } from './chromium.ts';

/** `flags` besides those every test needs, e.g. --disable-3d-apis. */
export async function launch(flags: string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium: set CHROMIUM to its path (npm test finds or installs one).');
  return chromium.launch({ executablePath, args: [...chromiumFlags, ...flags] });
}

export interface Served {
  url: string;
  child: Child;
  /** Ends the server as an operator would; resolves when it is gone. */
  stop(): Promise<void>;
  /** Starts it again on the same port and history. */
  restart(): Promise<void>;
}

/** The sample park, simulated, at noon in June, on a port of its own. */
export async function serveSample(): Promise<Served> {
  const folder = await writeSampleFolder(sampleYaml);
  const data = await mkdtemp(join(tmpdir(), 'browser-'));
  return serve(['--park', folder, '--at', '2025-06-02T12:00:00+08:00'], data);
}

export async function serve(args: string[], data: string): Promise<Served> {
  const start = (port: number) => startChild([...args, '--port', String(port)], { DATA_DIR: data, LOG_LEVEL: 'info' });
  const child = start(0);
  const url = await child.url;
  const served: Served = {
    url,
    child,
    stop: async () => {
      served.child.process.kill('SIGTERM');
      await served.child.ended;
    },
    restart: async () => {
      served.child = start(Number(new URL(url).port));
      await served.child.url;
    },
  };
  return served;
}

export interface Watched {
  page: Page;
  /** What no page may say: script errors, console errors, violations of the content policy. */
  faults: string[];
}

/** A page in a context of its own. Time zone and language are fixed, so that what is read does not depend on the machine. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    ...options,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  await page.exposeFunction('reportViolation', (text: string) => faults.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (window as unknown as { reportViolation(text: string): void }).reportViolation;
      report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return { page, faults };
}

/** Waits until the park has values and a picture. */
export async function untilShown(page: Page): Promise<void> {
  await page.locator('.stage:not(:has(.outline))').waitFor({ timeout: 90_000 });
}
