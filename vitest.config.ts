import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Every answer over HTTP is parsed by its schema; benches and soaks measure without.
    env: { CHECK_ANSWERS: '1' },
    include: ['test/**/*.test.{ts,tsx}'],
    // Browser tests need a built client and Chromium: npm test runs them last (see test/run.ts).
    exclude: ['test/browser/**', 'node_modules/**'],
    setupFiles: ['test/seed.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A test waits for a state: a busy machine may be slow to reach it.
    expect: { poll: { timeout: 20_000 } },
    // Two cores on a small machine: more workers only fight each other.
    maxWorkers: 2,
  },
});
