/** Brings a database up to date. The one migrator of every store. */
import { type Kysely, sql } from 'kysely';

/** Runs once, in its own transaction. */
export interface Migration {
  name: string;
  statements: readonly string[];
}

/**
 * Runs the steps that have not run yet, each in its own transaction: a kill in between resumes there. Returns their names. Throws
 * where the database was written by a newer version; `what` names it: "the store".
 */
// biome-ignore lint/suspicious/noExplicitAny: it works on databases of any tables.
export async function migrate(db: Kysely<any>, steps: readonly Migration[], what: string): Promise<string[]> {
  await sql`CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied BIGINT NOT NULL)`.execute(db);
  const rows: { name: string }[] = await db.selectFrom('migration').select('name').execute();
  const applied = new Set(rows.map(({ name }) => name));
  const unknown = [...applied].filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) throw new Error(`${what} was written by a newer version (migration ${unknown.join(', ')})`);
  const ran: string[] = [];
  for (const { name, statements } of steps) {
    if (applied.has(name)) continue;
    // Kysely's own migrator is not transactional on SQLite.
    await db.transaction().execute(async (transaction) => {
      for (const statement of statements) await sql.raw(statement).execute(transaction);
      await transaction.insertInto('migration').values({ name, applied: Date.now() }).execute();
    });
    ran.push(name);
  }
  return ran;
}
