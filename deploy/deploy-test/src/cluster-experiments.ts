import { join } from 'node:path';
import type { Trial } from './cluster-charts.ts';
import { connectionOf, readsAs, site } from './cluster-charts.ts';
import { namespace } from './cluster.ts';
import { runCommand } from './run-command.ts';
import { indented } from './transcript.ts';

/**
 * Runs fault experiments by the cluster's own Chaos Mesh on what is installed: `pnpm chaos apply`, one after the other.
 * What each says is told, whether its statements hold or not.
 *
 * @returns names of those that were refused, or of which a statement does not hold
 */
export async function applyExperiments(trial: Trial, names: readonly string[]): Promise<string[]> {
  const { root, folder, cloud, transcript } = trial;
  const context = (await cloud.cluster.admin('config', 'current-context')).trim();
  const { brokers } = await connectionOf(trial);
  const env = {
    KAFKA_BROKERS: brokers.join(','),
    KAFKA_TLS: 'true',
    KAFKA_TLS_CA: join(folder, 'ca.crt'),
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_SASL_USERNAME: readsAs,
    KAFKA_SASL_PASSWORD_FILE: join(folder, 'users', readsAs),
  };
  const broken: string[] = [];
  for (const name of names) {
    const target = ['--context', context, '--namespace', namespace, '--site', site];
    try {
      const said = await runCommand(
        process.execPath,
        [join(root, 'chaos/src/main.ts'), 'apply', name, ...target],
        { env },
      );
      transcript.step(`chaos apply ${name}: all statements hold\n${indented(said)}`);
    } catch (error) {
      broken.push(name);
      transcript.step(`chaos apply ${name} failed:\n${indented(String(error))}`);
    }
  }
  return broken;
}
