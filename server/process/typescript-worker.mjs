// Starts a worker whose code is TypeScript: on Node 20 a worker does not inherit tsx's loader from its parent,
// neither under tsx nor under vitest, so it registers its own.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

// Plain packages are loaded first: through tsx, a package of many files loads four times slower.
for (const name of workerData.preload) await import(name);
register();
await import(workerData.module);
