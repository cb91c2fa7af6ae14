import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Every answer over HTTP is parsed by its schema; benches and soaks measure without.
    env: { CHECK_ANSWERS: '1' },
    include: ['test/browser/**/*.test.ts'],
    // Software WebGL needs both cores: one page at a time, and patience.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
