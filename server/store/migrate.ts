/** Brings a database up to date. The one migrator of every store. */

/** Runs once, in its own transaction. */
export interface Migration {
  name: string;
  statements: readonly string[];
}

/** What the migrator asks of a database. */
export interface Migrated {
  /** Names of the migrations that have run; none in a new database. */
  applied(): Promise<string[]>;
  /** Runs the statements and notes the migration's name, in one transaction. */
  run(migration: Migration): Promise<void>;
}

/**
 * Runs the steps that have not run yet, in order: a kill in between resumes there. Returns their names. Throws where the database
 * was written by a newer version; `what` names it: "the store".
 */
export async function migrate(database: Migrated, steps: readonly Migration[], what: string): Promise<string[]> {
  const applied = new Set(await database.applied());
  const unknown = [...applied].filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) throw new Error(`${what} was written by a newer version (migration ${unknown.join(', ')})`);
  const missing = steps.filter(({ name }) => !applied.has(name));
  for (const step of missing) await database.run(step);
  return missing.map(({ name }) => name);
}
