import { spawnSync } from 'node:child_process';

const oldestJava = 17;

/** What this machine has installed. */
export const has = {
  command: (name: string, versionArgument = '-version'): boolean =>
    run(name, [versionArgument]) !== undefined,
  java17: (): boolean => {
    const version = /version "(\d+)/.exec(run('java', ['-version']) ?? '');
    return version !== null && Number(version[1]) >= oldestJava;
  },
  python: (modules: readonly string[]): boolean => findPython(modules) !== undefined,
};

/**
 * The first Python 3 that imports all `modules`: that of `FRAMEGATE_PYTHON`, the one on the path, else Debian's, which
 * has the `gi` bindings.
 */
export function findPython(modules: readonly string[]): string | undefined {
  const program = modules.map((name) => `import ${name}`).join('\n');
  const named = process.env['FRAMEGATE_PYTHON'];
  return [...(named ? [named] : []), 'python3', '/usr/bin/python3'].find(
    (python) => run(python, ['-c', program]) !== undefined,
  );
}

/** Everything that the command printed, or undefined where it is missing or fails. */
function run(command: string, args: string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? stdout + stderr : undefined;
}
