/** `npm run twin -- …` in a process of its own. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../../server/cli.ts', import.meta.url));

export interface CommandOutcome {
  status: number;
  stdout: string;
  stderr: string;
}

export function twinCommand(args: string[], env: Record<string, string> = {}): Promise<CommandOutcome> {
  const settings = { env: { ...process.env, ...env }, maxBuffer: 64 * 2 ** 20 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--import', 'tsx', cli, ...args], settings, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code;
      if (typeof status === 'number') resolve({ status, stdout, stderr });
      else reject(error);
    });
  });
}

/** What a command prints with `--json`. Rejects with what it said where it failed. */
export async function twinAnswer<Answer>(args: string[], env: Record<string, string> = {}): Promise<Answer> {
  const { status, stdout, stderr } = await twinCommand([...args, '--json'], env);
  if (status !== 0) throw new Error(`twin ${args.join(' ')} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Answer;
}
