/** A benchmark's row: ours beside a reference measured in the same run. */
export interface Row {
  what: string;
  ours: string;
  reference: string;
  ratio: string;
}

/** Median time of `runs` calls in ms, after two to warm up. */
export function median(runs: number, call: () => unknown): number {
  if (runs > 2) for (let i = 0; i < 2; i++) call();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    call();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] as number;
}

export function markdown(rows: readonly Row[]): string {
  const head = '| what | ours | reference | ratio |\n|---|---|---|---|\n';
  return head + rows.map((r) => `| ${r.what} | ${r.ours} | ${r.reference} | ${r.ratio} |`).join('\n');
}
