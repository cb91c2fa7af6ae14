/** A part of test/soak/RESULTS.md: what one soak found. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

export interface Section {
  title: string;
  passed: boolean;
  text: string;
}

let said = 0;

/** One line on a terminal that the next one replaces; elsewhere one in a while. */
export function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
  else if (performance.now() - said > 15_000) {
    said = performance.now();
    process.stderr.write(`${line}\n`);
  }
}

/** Markdown; all rows have the same keys. */
export function table(rows: readonly Record<string, string | number>[]): string {
  const [first = {}] = rows;
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const keys = Object.keys(first);
  return [line(keys), line(keys.map(() => '---')), ...rows.map((row) => line(keys.map((key) => row[key] ?? '')))].join('\n');
}

function machine(): string {
  const versions = ['better-sqlite3', 'socket.io', 'ws'].map((name) => {
    const { version } = JSON.parse(readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8'));
    return `${name} ${version}`;
  });
  return `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${versions.join(', ')}, ${new Date().toISOString().slice(0, 10)}`;
}

const head = `# Soaked

What \`npm run soak\` found: each part with the machine, versions and day of its own run.
`;

/** Puts a section in the place of the one before, or at the end. `load` is the load average when it began; its own is in that of its end. */
export function writeSection(file: URL, { title, passed, text }: Section, load: number): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : head;
  const [start = head, ...sections] = before.split(/^(?=## )/m);
  const busy = load > 1 ? ' Others were at work on the machine: times are worse than it can do.' : '';
  const said = `## ${title}: ${passed ? 'the promise holds' : 'THE PROMISE DOES NOT HOLD'}\n\n${text}\n\n${machine()}. Load average ${load.toFixed(1)} before, ${(loadavg()[0] as number).toFixed(1)} at the end.${busy}\n\n`;
  const at = sections.findIndex((section) => section.startsWith(`## ${title}:`));
  if (at === -1) sections.push(said);
  else sections[at] = said;
  writeFileSync(file, `${[start.trimEnd(), ...sections.map((section) => section.trimEnd())].join('\n\n')}\n`);
}
