/** `npm run dev`: the server restarts when its files change, pages reload hot; one Ctrl-C ends both. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const port = Number(process.env['PORT'] ?? 3000);
const api = spawn(process.execPath, ['--import', 'tsx', '--watch', 'server/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});

const target = `http://127.0.0.1:${port}`;
const pages = await createServer({
  configFile: `${root}/vite.config.ts`,
  root: `${root}/client`,
  server: { port: port + 1, host: '127.0.0.1', proxy: { '/api': target, '/socket.io': { target, ws: true }, '/healthz': target } },
});
await pages.listen();
pages.printUrls();

const stop = async () => {
  api.kill('SIGTERM');
  await pages.close();
  process.exit(0);
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
api.once('exit', stop);
