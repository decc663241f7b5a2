import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { startLines } from './container-times.ts';
import { reportLedger } from './ledger-lines.ts';
import { watchPipeline, until } from './pipeline-watch.ts';
import { runCommand } from './run-command.ts';
import type { Transcript } from './transcript.ts';
import { seconds } from './transcript.ts';

const project = 'framegate-trial';
/** What all may take to be healthy again after a kill. */
const healMs = 240_000;
const downMs = 3000;
const kills = [['inference'], ['kafka', 'redis'], ['edge', 'controller'], ['postgres', 'console']];
const cameras = ['laptop/street', 'laptop/plaza'];
/** Ports of the trial, so that it runs beside an installation with the usual ones. */
const ports = {
  FRAMEGATE_KAFKA_PORT: '19094',
  FRAMEGATE_CONTROLLER_PORT: '19103',
  FRAMEGATE_CONSOLE_PORT: '18480',
  FRAMEGATE_CONSOLE_METRICS_PORT: '19104',
  FRAMEGATE_POSTGRES_PORT: '25432',
};

/** Brings the whole of docker-compose.yml up on a real engine, disturbs it, and takes it down to nothing. */
export async function tryCompose(root: string, isBuilt: boolean, transcript: Transcript): Promise<void> {
  const compose = (...args: string[]) =>
    runCommand('docker', ['compose', '--project-name', project, ...args], {
      cwd: root,
      env: { ...ports, COMPOSE_ENV_FILES: '/dev/null' },
      timeoutMs: 1_800_000,
    });
  // `--wait` would give up on a service that is not healthy yet because what it needs was just killed.
  const startAgain = async (...more: string[]): Promise<void> => {
    await compose('up', '--detach', '--no-build', ...more);
    let unhealthy: string[] = [];
    await until(
      async () => (unhealthy = await unhealthyContainers()).length === 0,
      healMs,
      () => `not healthy: ${unhealthy.join(', ')}`,
    );
  };
  if (!isBuilt) await compose('build');
  await compose('down', '--volumes', '--remove-orphans');
  try {
    const beganAtMs = Date.now();
    await compose('up', '--detach', '--wait', '--no-build');
    transcript.step('docker compose up --wait: all services are healthy');
    for (const line of startLines(await inspectAll(), beganAtMs)) transcript.step(`  ${line}`);
    const watch = await watchPipeline({ brokers: [`127.0.0.1:${ports.FRAMEGATE_KAFKA_PORT}`] });
    try {
      await watch.moreFrom(cameras, 1);
      transcript.figure(
        'from `up` to a detection of each camera',
        seconds(watch.allDetectedAtMs(cameras) - beganAtMs),
      );
      const console = `http://127.0.0.1:${ports.FRAMEGATE_CONSOLE_PORT}`;
      await consoleTells(console);
      transcript.step('the console serves its page and tells of analysed frames');
      for (const services of kills) {
        await compose('kill', ...services);
        await delay(downMs);
        await startAgain();
        await watch.moreFrom(cameras, 1);
        await consoleTells(console);
        transcript.step(
          `${services.join(' and ')} killed and started: detections go on, the console answers`,
        );
      }
      await startAgain('--scale', 'inference=3');
      watch.workingInstances();
      const working = new Set<string>();
      await until(
        () => {
          for (const instance of watch.workingInstances().keys()) working.add(instance);
          return working.size >= cameras.length;
        },
        120_000,
        () => `only ${working.size} of 3 instances got frames of ${cameras.length} cameras`,
      );
      transcript.step(`--scale inference=3: ${working.size} instances share the ${cameras.length} cameras`);
      await reportUse(transcript);
      await compose('stop', 'edge');
      await reportLedger(await watch.settledAudit(), transcript);
    } finally {
      await watch.close();
    }
  } catch (error) {
    const logs = await compose('logs', '--tail', '15', '--no-color').catch(String);
    transcript.step(`failed; the end of the logs:\n${logs}`);
    throw error;
  } finally {
    await compose('down', '--volumes', '--remove-orphans');
  }
  await assertNothingLeft();
  transcript.step('docker compose down --volumes: no container, volume or network is left');
}

async function consoleTells(console: string): Promise<void> {
  await until(
    async () => (await analysedFrames(console)) > 0,
    60_000,
    () => `${console}/v1/ledger tells of no analysed frame`,
  );
}

const ledgerSchema = z.looseObject({ cloud: z.looseObject({ analysed: z.number() }) });

/** What the console tells of them, whose page must be there, too. */
async function analysedFrames(console: string): Promise<number> {
  const [page, ledger] = await Promise.all([fetch(console), fetch(`${console}/v1/ledger`)]);
  if (!page.ok || !(await page.text()).includes('<html'))
    throw new Error(`${console} serves no page: ${page.status}`);
  return ledgerSchema.parse(await ledger.json()).cloud.analysed;
}

async function inspectAll(): Promise<string> {
  return runCommand('docker', ['inspect', ...(await containerIds('--all'))]);
}

async function containerIds(...more: string[]): Promise<string[]> {
  const filter = ['--filter', `label=com.docker.compose.project=${project}`];
  return (await runCommand('docker', ['ps', '--quiet', ...filter, ...more])).trim().split('\n');
}

async function unhealthyContainers(): Promise<string[]> {
  const filter = ['--filter', `label=com.docker.compose.project=${project}`];
  const lines = await runCommand('docker', ['ps', ...filter, '--format', '{{.Names}}: {{.Status}}']);
  return lines
    .trim()
    .split('\n')
    .filter((line) => !line.includes('(healthy)'));
}

const statsSchema = z.object({ Name: z.string(), CPUPerc: z.string(), MemUsage: z.string() });

async function reportUse(transcript: Transcript): Promise<void> {
  const lines = await runCommand('docker', [
    'stats',
    '--no-stream',
    '--format',
    '{{json .}}',
    ...(await containerIds()),
  ]);
  for (const line of lines.trim().split('\n')) {
    const { Name, CPUPerc, MemUsage } = statsSchema.parse(JSON.parse(line));
    const memory = MemUsage.split(' / ')[0] ?? '';
    transcript.figure(Name.replace(`${project}-`, ''), `${memory} of memory, ${CPUPerc} of a core`);
  }
}

async function assertNothingLeft(): Promise<void> {
  const filter = ['--filter', `label=com.docker.compose.project=${project}`, '--quiet'];
  const left = await Promise.all([
    runCommand('docker', ['ps', '--all', ...filter]),
    runCommand('docker', ['volume', 'ls', ...filter]),
    runCommand('docker', ['network', 'ls', ...filter]),
  ]);
  if (left.join('').trim() !== '') throw new Error(`left behind: ${left.join(' ').trim()}`);
}
