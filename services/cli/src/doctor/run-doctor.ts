import type { Output } from '../terminal/output.ts';
import type { Check } from './check.ts';
import { checkAssets } from './check-assets.ts';
import { checkKafka } from './check-kafka.ts';
import { checkMachine, thisMachine } from './check-machine.ts';
import { checkPipeline } from './check-pipeline.ts';
import { reportText } from './report-text.ts';

export interface DoctorOptions {
  readonly json: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Its exit code: 0 when the demo can run. */
export async function runDoctor({ json, env }: DoctorOptions, stdout: Output): Promise<number> {
  const checks: Check[] = [
    ...checkMachine(thisMachine()),
    ...(await checkPipeline()),
    ...(await checkAssets()),
    ...(await checkKafka(env)),
  ];
  const isWell = checks.every(({ state }) => state !== 'failed');
  stdout.write(json ? `${JSON.stringify({ ok: isWell, checks }, null, 2)}\n` : reportText(checks));
  return isWell ? 0 : 1;
}
