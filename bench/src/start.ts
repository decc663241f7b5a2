/**
 * Time and bytes from nothing to the first detection:
 * `pnpm bench start [--rounds 3] [--cold] [--json]`
 *
 * Clones this repository as it is committed into an empty folder, then `npx -y pnpm@12 demo --source scene:street` as
 * the README says, until the first frame has been analysed. Steps by the clock; bytes as they lie on the disk. What pnpm keeps
 * in its store is used (a second start on a machine); --cold takes an empty store, so everything is downloaded.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';
import { benchOptions } from './bench-options.ts';
import { showProgress } from '@framegate/service-load/show-progress';
import { median, spread } from './spread.ts';
import { runBench } from './suite/run-bench.ts';

const flags = benchOptions({
  rounds: { type: 'number', default: 3, from: 1, whole: true },
  cold: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
const run = promisify(execFile);
const repository = join(import.meta.dirname, '../..');

interface Start {
  readonly cloneSeconds: number;
  /** From the command until the demo tells its address: pnpm, packages, the console's pages. */
  readonly installSeconds: number;
  /** From there to the first frame that was analysed. */
  readonly firstDetectionSeconds: number;
  readonly repositoryMegabytes: number;
  readonly packagesMegabytes: number;
}

const ledgerSchema = z.object({ cloud: z.object({ analysed: z.number() }) });

async function startOnce(): Promise<Start> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-start-'));
  try {
    const clone = join(folder, 'framegate');
    const startedMs = performance.now();
    await run('git', ['clone', '-q', repository, clone]);
    const clonedMs = performance.now();
    const repositoryMegabytes = await megabytesOf(clone);
    const { runsMs, firstDetectionMs } = await demo(clone, folder);
    return {
      cloneSeconds: (clonedMs - startedMs) / 1000,
      installSeconds: (runsMs - clonedMs) / 1000,
      firstDetectionSeconds: (firstDetectionMs - runsMs) / 1000,
      repositoryMegabytes,
      packagesMegabytes: (await megabytesOf(clone)) - repositoryMegabytes,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The demo prints its console's address once it runs; the ledger behind that says when a frame was analysed. */
async function demo(clone: string, folder: string): Promise<{ runsMs: number; firstDetectionMs: number }> {
  const environment = {
    ...process.env,
    // pnpm tells what runs below it, as this does, to install nothing; a newcomer's shell doesn't.
    pnpm_config_verify_deps_before_run: undefined,
    ...(flags.cold ? { npm_config_store_dir: join(folder, 'store') } : {}),
  };
  const options = ['-y', 'pnpm@12', 'demo', '--source', 'scene:street'];
  const child = spawn('npx', options, {
    cwd: clone,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`the demo ended with exit code ${code}`);
  });
  exit.catch(() => {}); // raced below, and expected at the end
  // npx, pnpm and the demo, in a group of their own.
  const stop = (): boolean => child.pid !== undefined && process.kill(-child.pid, 'SIGTERM');
  process.on('exit', stop);
  try {
    const address = await Promise.race([addressIn(child.stdout), exit]);
    const runsMs = performance.now();
    await Promise.race([untilAnalysed(address), exit]);
    return { runsMs, firstDetectionMs: performance.now() };
  } finally {
    process.off('exit', stop);
    stop();
    await exit.catch(() => {});
  }
}

async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [address] = /http:\/\/[^\s]+/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error('the demo told no address');
}

async function untilAnalysed(address: string): Promise<void> {
  for (;;) {
    const response = await fetch(new URL('/v1/ledger', address));
    if (ledgerSchema.parse(await response.json()).cloud.analysed > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function megabytesOf(path: string): Promise<number> {
  const { stdout } = await run('du', ['-sk', path]);
  return Number.parseInt(stdout, 10) / 1024;
}

await runBench(flags.json, async () => {
  const starts: Start[] = [];
  const { rounds } = flags;
  for (let round = 0; round < rounds; round++) {
    showProgress(`start ${round + 1} of ${rounds}`);
    starts.push(await startOnce());
  }
  const steps = [
    { label: 'clone', unit: 's', of: (start: Start) => start.cloneSeconds },
    { label: 'packages, until the demo runs', unit: 's', of: (start: Start) => start.installSeconds },
    { label: 'until the first detection', unit: 's', of: (start: Start) => start.firstDetectionSeconds },
    { label: 'repository', unit: 'MB', of: (start: Start) => start.repositoryMegabytes },
    { label: 'packages', unit: 'MB', of: (start: Start) => start.packagesMegabytes },
  ];
  const inSeconds = steps.filter(({ unit }) => unit === 's');
  return {
    ratios: [],
    columns: [
      { label: 'step' },
      { label: 'median', format: '.1f' },
      { label: 'least', format: '.1f' },
      { label: 'most', format: '.1f' },
      { label: 'unit' },
    ],
    rows: steps.map(({ label, unit, of }) => {
      const each = spread(starts.map(of));
      return [label, each.median, each.least, each.most, unit];
    }),
    plot: {
      kind: 'bars',
      title: 'From nothing to the first detection',
      y: { label: 's' },
      groups: inSeconds.map(({ label }) => label),
      series: [{ label: 'time', values: inSeconds.map(({ of }) => ({ value: median(starts.map(of)) })) }],
    },
    missing: [],
    notes: [
      flags.cold
        ? 'With an empty store: everything was downloaded.'
        : 'With the packages in the store of pnpm.',
    ],
  };
});
