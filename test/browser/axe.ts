/** What axe-core finds on a page against WCAG 2.2 AA, in words that name the element. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Success criteria of WCAG 2.0 to 2.2, A and AA, and axe's own good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface AxeResults {
  violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}
interface Axe {
  run(context: Document, options: object): Promise<AxeResults>;
}

/** The page's context needs `bypassCSP`: its policy rightly lets no foreign script in. */
export async function violations(page: Page, only?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ content: source });
  const found = await page.evaluate(
    ([tags, only]) => {
      const { axe } = window as unknown as { axe: Axe };
      const runOnly = only ? { type: 'rule', values: only } : { type: 'tag', values: tags };
      return axe.run(document, { runOnly, resultTypes: ['violations'], rules: only ? {} : { 'target-size': { enabled: true } } });
    },
    [tags, only ?? null] as const,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`),
  );
}
