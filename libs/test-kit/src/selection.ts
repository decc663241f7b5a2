/** What one run does: the static checks, the tests, and what of the command line goes on to vitest. */
export interface Selection {
  readonly checks: boolean;
  readonly tests: boolean;
  readonly vitestArguments: readonly string[];
}

export const usage = `Checks the types, the style and the dependencies, then runs all tests.

  pnpm test [--only-checks | --only-tests | --only-unit | --only-int | --only-e2e] [paths and options of vitest]

  pnpm test libs/scene          the checks, and the tests under that folder
  pnpm test --only-unit         the pure tests alone, without the checks
  FRAMEGATE_FULL=1 pnpm test    also what takes minutes, a container engine or a cluster
`;

const switches: Record<string, Selection> = {
  '--only-checks': { checks: true, tests: false, vitestArguments: [] },
  '--only-tests': { checks: false, tests: true, vitestArguments: [] },
  '--only-unit': { checks: false, tests: true, vitestArguments: ['--project=unit'] },
  '--only-int': { checks: false, tests: true, vitestArguments: ['--project=int'] },
  '--only-e2e': { checks: false, tests: true, vitestArguments: ['--project=e2e'] },
};

/** Reads the command line of `pnpm test`; what is no switch of ours is vitest's. */
export function selectionFrom(args: readonly string[]): Selection {
  const [name, ...others] = args.filter((arg) => Object.hasOwn(switches, arg));
  if (others.length > 0)
    throw new Error(`${name} and ${others.join(', ')} exclude each other: give one of them`);
  const selection = switches[name ?? ''] ?? { checks: true, tests: true, vitestArguments: [] };
  const rest = args.filter((arg) => !Object.hasOwn(switches, arg) && arg !== '--');
  return { ...selection, vitestArguments: [...selection.vitestArguments, ...rest] };
}
