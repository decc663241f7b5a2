import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { pom } from './broker-settings.ts';
import { KafkaLocalError } from './kafka-local-error.ts';
import { KAFKA_VERSION } from './layout.ts';

const LEAST_JAVA_VERSION = 17;
const COPY_DEPENDENCIES = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

/** @returns why no broker can run here and what to do, or undefined when one can */
export function missingPrerequisite(jars: string): string | undefined {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (java.error)
    return `java is not on the PATH; Kafka needs Java ${LEAST_JAVA_VERSION} or newer ${installHint('openjdk-17-jre-headless')}`;
  const version = javaMajorVersion(java.stderr);
  if (version === undefined || version < LEAST_JAVA_VERSION) {
    return `Kafka needs Java ${LEAST_JAVA_VERSION} or newer, found ${java.stderr.split('\n')[0]} ${installHint('openjdk-17-jre-headless')}`;
  }
  if (existsSync(jars) || !spawnSync('mvn', ['--version']).error) return undefined;
  return `mvn is not on the PATH; it fetches Kafka's jars into ${jars} once ${installHint('maven')}`;
}

/** "1.8.0_402" is 8, "17.0.15" is 17. */
export function javaMajorVersion(versionOutput: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(versionOutput) ?? [];
  const major = first === '1' ? second : first;
  return major === undefined ? undefined : Number(major);
}

/** Fetches the jars unless they are there. Safe to run several times at once. */
export async function ensureJars(jars: string, log: (line: string) => void): Promise<void> {
  if (existsSync(jars)) return;
  log(`fetching Kafka ${KAFKA_VERSION} into ${jars} (about 55 MB, once)`);
  await mkdir(dirname(jars), { recursive: true });
  const work = await mkdtemp(join(dirname(jars), 'fetch-'));
  try {
    await writeFile(join(work, 'pom.xml'), pom());
    await runMaven(work);
    await rename(join(work, 'jars'), jars).catch((error: unknown) => {
      if (!existsSync(jars)) throw error; // Otherwise another process was quicker.
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function runMaven(folder: string): Promise<void> {
  const options = ['-DincludeScope=runtime', '-DoutputDirectory=jars'];
  try {
    await promisify(execFile)('mvn', ['-B', '-q', COPY_DEPENDENCIES, ...options], { cwd: folder });
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout).trim() : String(error);
    throw new KafkaLocalError(
      `Maven could not fetch Kafka ${KAFKA_VERSION}; is Maven Central reachable?\n${output}`,
    );
  }
}

function installHint(debianPackage: string): string {
  return `(Debian and Ubuntu: apt-get install ${debianPackage})`;
}
