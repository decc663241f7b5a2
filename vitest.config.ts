import { defineConfig } from 'vitest/config';

const folders = '{libs,services,deploy,bench,chaos,fuzz}';

/** Three kinds of test, told apart by name: pure ones, those against real parts, and those of the whole program. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // As long as `eventually` waits: a busy machine is no failure. A time-out ends what hangs and judges nothing.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${folders}/**/*.test.ts`],
          exclude: ['**/node_modules/**', '**/*.{int,e2e}.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          include: [`${folders}/**/*.int.test.ts`],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [`${folders}/**/*.e2e.test.ts`],
        },
      },
    ],
  },
});
