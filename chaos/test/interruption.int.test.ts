import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

const interruption = join(import.meta.dirname, '..', 'src', 'interruption.ts');

/** Says what it is told, and `aborted` when it is. @param listens whether it asks to be told */
function startProgram(listens: boolean) {
  const program = `
    import { listenForInterruption } from ${JSON.stringify(interruption)};
    const interruption = listenForInterruption(console.log);
    if (${listens}) interruption.listen('ending').addEventListener('abort', () => console.log('aborted'));
    setInterval(() => {}, 1000);
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return { child, line: async () => (await lines.next()).value, ended: once(child, 'exit') };
}

it('the first signal asks a program that listens to end, and the second ends it', async () => {
  const { child, line, ended } = startProgram(true);
  expect(await line()).toBe('ready');
  child.kill('SIGINT');
  expect([await line(), await line()]).toEqual(['ending', 'aborted']);
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
});

it.each([
  { listens: false, signal: 'SIGINT' },
  { listens: true, signal: 'SIGHUP' },
] as const)(
  'a program ends at the first signal with nothing to finish, and with the terminal gone (%o)',
  async (of) => {
    const { child, line, ended } = startProgram(of.listens);
    expect(await line()).toBe('ready');
    child.kill(of.signal);
    expect(await ended).toEqual([130, null]);
  },
);
