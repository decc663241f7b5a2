/** A static check: it passes when its command exits with 0. */
export interface Check {
  readonly title: string;
  readonly command: readonly [program: string, ...args: string[]];
}

export const checks: readonly Check[] = [
  { title: 'types', command: ['tsc', '--noEmit', '--pretty', 'false'] },
  {
    title: 'types of the web pages',
    // prettier-ignore
    command: [
      'services/console/node_modules/.bin/svelte-check', '--workspace', 'services/console/web',
      '--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human',
    ],
  },
  { title: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { title: 'format', command: ['prettier', '--check', '.'] },
  {
    title: 'unused files, exports and dependencies',
    command: ['knip', '--no-progress', '--no-config-hints'],
  },
];
