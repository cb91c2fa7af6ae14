/** Collects what is wrong with a park folder, so that one check finds all problems and not only the first. */
import type { z } from 'zod';
import { compact } from './compact.ts';

export interface Place {
  file: string;
  feature?: string | undefined;
  field?: string | undefined;
}

export interface ProblemList {
  list: Problem[];
  error(place: Place, message: string, mend: string): void;
  warning(place: Place, message: string, mend: string): void;
  failed(): boolean;
}

export function createProblemList(): ProblemList {
  const list: Problem[] = [];
  const add = (severity: Problem['severity']) => (place: Place, message: string, mend: string) => {
    list.push(compact<Problem>({ severity, file: place.file, feature: place.feature, field: place.field, message, mend }));
  };
  return { list, error: add('error'), warning: add('warning'), failed: () => list.some((p) => p.severity === 'error') };
}

/** At most `limit` problems of each severity and file, then one that says how many more. */
export function condense(problems: readonly Problem[], limit = 100): Problem[] {
  const kept: Problem[] = [];
  const count = new Map<string, number>();
  for (const problem of problems) {
    const key = `${problem.severity} ${problem.file}`;
    const n = (count.get(key) ?? 0) + 1;
    count.set(key, n);
    if (n <= limit) kept.push(problem);
  }
  for (const [key, n] of count) {
    if (n <= limit) continue;
    const [severity, ...file] = key.split(' ');
    kept.push({
      severity: severity === 'error' ? 'error' : 'warning',
      file: file.join(' '),
      message: `and ${n - limit} more of these`,
      mend: 'Mend the ones above first; they often share a cause.',
    });
  }
  return kept;
}

/** "a, b, c and 12 more": names for a message about many. */
export function several(names: readonly string[], shown = 5): string {
  if (names.length <= shown) return names.join(', ');
  return `${names.slice(0, shown).join(', ')} and ${names.length - shown} more`;
}

/** What a value looks like in a message: short, on one line, without its members (it may be deep or huge). */
export function quote(value: unknown): string {
  if (Array.isArray(value)) {
    const plain = value.length <= 6 && value.every((item) => typeof item !== 'object' || item === null);
    return plain ? cut(JSON.stringify(value)) : `a list of ${value.length}`;
  }
  if (typeof value === 'object' && value !== null) return 'an object';
  return cut(typeof value === 'string' ? `"${value}"` : String(value));
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Zod's issues as problems. `place` may move an issue to the feature it belongs to. */
export function reportIssues(problems: ProblemList, issues: readonly z.core.$ZodIssue[], place: (path: PropertyKey[]) => Place): void {
  for (const issue of issues) {
    const { path, message, mend } = explain(issue);
    problems.error(place(path), message, mend);
  }
}

/** The path in the file's own notation: points[3].unit */
export function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '');
}

function explain(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string; mend: string } {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return {
        path: [...path, issue.keys[0] ?? ''],
        message: `unknown field${issue.keys.length > 1 ? 's' : ''} ${issue.keys.map(quote).join(', ')}`,
        mend: 'Check the spelling against docs/park-folder.md, or remove it.',
      };
    case 'invalid_value':
      return { path, message: 'not one of the known values', mend: `Use one of: ${issue.values.join(', ')}.` };
    case 'invalid_type':
      return {
        path,
        message: `expected ${issue.expected}, ${issue.message.split('received ')[1] ?? 'something else'} given`,
        mend: mendType(issue.expected),
      };
    case 'invalid_union': {
      // The alternative that matched deepest, with the fewest issues, is probably what was meant.
      const best = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0]?.[0];
      if (best === undefined) return { path, message: issue.message, mend: 'See docs/park-folder.md.' };
      const inner = explain(best);
      return { ...inner, path: [...path, ...inner.path] };
    }
    default:
      return { path, message: issue.message, mend: 'See docs/park-folder.md for what this field takes.' };
  }
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === 'unrecognized_keys' ? 0.5 : 0)));
}

function mendType(expected: string): string {
  if (expected === 'number') return 'Give a plain number, without quotes, unit or thousands separators.';
  if (expected === 'string') return 'Give a text; quote it if it looks like a number or a date.';
  return `Give ${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}.`;
}

/** A problem that the check found. An error keeps the park from starting, a warning is shown. */
export interface Problem {
  severity: 'error' | 'warning';
  file: string;
  /** Feature id or index, point id, … */
  feature?: string;
  field?: string;
  message: string;
  mend: string;
}
