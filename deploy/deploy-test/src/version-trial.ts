import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudTopics, siteTopics } from '@framegate/contracts';
import { startTestBroker } from '@framegate/kafka-local';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { ConfigError } from '@framegate/service-kit';
import { reportLedger } from './ledger-lines.ts';
import { type PipelineWatch, until, watchPipeline } from './pipeline-watch.ts';
import { runCommand } from './run-command.ts';
import { type ServiceProgram, type ServiceProgramOptions, startServiceProgram } from './service-program.ts';
import { indented, type Transcript } from './transcript.ts';

const site = 'north';
const cameras = [`${site}/street`, `${site}/plaza`];
const partitions = 4;
/** Detections of each camera after each change. */
const enough = 10;
const instanceWithinMs = 60_000;

type Version = 'older' | 'newer';
type Checkouts = Readonly<Record<Version, string>>;

/**
 * Runs services of this checkout beside those of an older one, as processes on one broker: a newer cloud under an older
 * site and the other way round, both inferences side by side, each upgraded and taken back, with the ledger at the end.
 *
 * @param older a revision of this repository
 * @throws ConfigError when it is none
 */
export async function tryVersions(root: string, older: string, transcript: Transcript): Promise<void> {
  const commit = await commitOf(root, older);
  const folder = await mkdtemp(join(tmpdir(), 'framegate-versions-'));
  const checkouts = { newer: root, older: join(folder, 'older') };
  try {
    // A clone that shares the repository's objects: a worktree would stay in its list when this is killed.
    await runCommand('git', ['clone', '--quiet', '--shared', '--no-checkout', root, checkouts.older]);
    await runCommand('git', ['checkout', '--quiet', '--detach', commit], { cwd: checkouts.older });
    await runCommand('npx', ['-y', 'pnpm@12', 'install', '--frozen-lockfile'], { cwd: checkouts.older });
    transcript.step(`${older} is installed beside this version`);
    await inPlant(join(folder, 'site'), checkouts, transcript, upgradeSite);
    await inPlant(join(folder, 'cloud'), checkouts, transcript, upgradeCloud);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function commitOf(root: string, revision: string): Promise<string> {
  const args = ['-C', root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const commit = await runCommand('git', args).catch(() => {
    throw new ConfigError([
      `--older ${revision}: expected a revision of this repository, such as HEAD~1 or a tag that was fetched`,
    ]);
  });
  return commit.trim();
}

/** A broker, and how services of either version are started on it. */
interface Plant {
  readonly watch: PipelineWatch;
  readonly transcript: Transcript;
  start(version: Version, service: ServiceProgramOptions['service']): ServiceProgram;
}

async function upgradeSite({ start, watch, transcript }: Plant): Promise<void> {
  start('newer', 'controller');
  start('newer', 'inference');
  for (const version of ['older', 'newer', 'older'] as const) {
    const edge = start(version, 'motion-detection');
    await watch.moreFrom(cameras, enough);
    transcript.step(`the site is ${version}, the cloud newer: detections come`);
    await edge.stop();
  }
}

async function upgradeCloud({ start, watch, transcript }: Plant): Promise<void> {
  const edge = start('newer', 'motion-detection');
  let cloud = [start('older', 'controller'), start('older', 'inference')];
  await watch.moreFrom(cameras, enough);
  transcript.step('the site is newer, the cloud older: detections come');
  for (const version of ['newer', 'older'] as const) {
    const next = [start(version, 'controller'), start(version, 'inference')];
    await bothWork(watch);
    transcript.step(`${version} inference has started beside the other: both take frames`);
    await Promise.all(cloud.map((program) => program.stop()));
    cloud = next;
    await watch.moreFrom(cameras, enough);
    transcript.step(`the cloud is ${version} alone: detections go on`);
  }
  await edge.stop();
}

async function bothWork(watch: PipelineWatch): Promise<void> {
  watch.workingInstances();
  const seen = new Set<string>();
  await until(
    () => {
      for (const instance of watch.workingInstances().keys()) seen.add(instance);
      return seen.size >= 2;
    },
    instanceWithinMs,
    () => `only ${[...seen].join(', ') || 'none'} takes frames`,
  );
}

async function inPlant(
  folder: string,
  checkouts: Checkouts,
  transcript: Transcript,
  trial: (plant: Plant) => Promise<void>,
): Promise<void> {
  await mkdir(join(folder, 'state'), { recursive: true });
  const siteFile = join(folder, 'site.yaml');
  await writeFile(siteFile, siteText());
  const broker = await startTestBroker();
  const started: ServiceProgram[] = [];
  const { brokers } = broker;
  try {
    const bus = createKafkaBus({ brokers, clientId: 'framegate-deploy-test' });
    await bus.ensureTopics([...cloudTopics(partitions), ...siteTopics(site, partitions)]);
    await bus.close();
    const watch = await watchPipeline({ brokers });
    const start: Plant['start'] = (version, service) => {
      const name = `${service}-${started.length}`;
      const env = {
        KAFKA_BROKERS: brokers.join(','),
        FRAMEGATE_PARTITIONS: String(partitions),
        FRAMEGATE_INSTANCE: name,
        ...(service === 'inference' && { FRAMEGATE_MODEL: 'street-nano' }),
        ...(service === 'motion-detection' && {
          FRAMEGATE_SITE_FILE: siteFile,
          FRAMEGATE_STATE_DIR: join(folder, 'state'),
          FRAMEGATE_SAFE_AFTER_SECONDS: '0',
        }),
      };
      const logFile = join(folder, `${name}.log`);
      const program = startServiceProgram({ root: checkouts[version], service, env, logFile });
      started.push(program);
      return program;
    };
    try {
      await trial({ watch, transcript, start });
      await reportLedger(await watch.settledAudit(), transcript);
    } catch (error) {
      const said = await Promise.all(started.map((program) => program.said()));
      transcript.step(`failed; what the services say:\n${indented(said.join('\n'))}`);
      throw error;
    } finally {
      await watch.close();
    }
  } finally {
    for (const program of started) program.kill();
    await broker.stop();
  }
}

function siteText(): string {
  const list = cameras.map((camera, i) => {
    const id = camera.slice(site.length + 1);
    return `  - { id: ${id}, source: "scene:street?seed=${31 + i}&fps=5&size=320x180", model: street-nano }`;
  });
  return [`site: ${site}`, 'cameras:', ...list, ''].join('\n');
}
