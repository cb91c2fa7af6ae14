/** Reads park.yaml into a ParkFile and reports every mistake with its field. */
import { parseDocument } from 'yaml';
import { fieldName, type ProblemList, reportIssues } from './problems.ts';
import { type ParkFile, parkFileSchema } from './schema.ts';

export const parkFileName = 'park.yaml';

export function readParkFile(text: string, problems: ProblemList): ParkFile | null {
  const raw = parseYaml(text, problems);
  if (raw === undefined) return null;
  const parsed = parkFileSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  reportIssues(problems, parsed.error.issues, (path) => ({ file: parkFileName, feature: entryId(raw, path), field: fieldName(path) }));
  return null;
}

function parseYaml(text: string, problems: ProblemList): unknown {
  const mend = 'YAML: indent with spaces, quote texts that hold ": " or start with a special character.';
  try {
    const document = parseDocument(text, { uniqueKeys: true });
    for (const error of document.errors) problems.error({ file: parkFileName }, firstLines(error.message), mend);
    if (document.errors.length > 0) return undefined;
    const raw: unknown = document.toJS({ maxAliasCount: 1000 });
    if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw;
    problems.error({ file: parkFileName }, 'is not a mapping of fields', 'Start with "id:" and "name:"; see docs/park-folder.md.');
  } catch (error) {
    // Too many YAML aliases (alias bombs) and nesting that overflows the stack are caught here.
    problems.error({ file: parkFileName }, `cannot be read as YAML: ${firstLines(String(error))}`, mend);
  }
  return undefined;
}

function firstLines(message: string): string {
  return message.split('\n')[0] ?? message;
}

/** The id of the list entry a path leads into, so that messages name the point and not only its number. */
function entryId(raw: unknown, path: readonly PropertyKey[]): string | undefined {
  const [list, index] = path;
  if (typeof index !== 'number') return undefined;
  const entry = (raw as Record<PropertyKey, unknown[] | undefined>)[list as string]?.[index] as { id?: unknown } | null | undefined;
  return typeof entry?.id === 'string' ? entry.id : `${String(list)}[${index}]`;
}
