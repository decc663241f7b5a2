import type { Output } from '../terminal/output.ts';
import { entriesOf, statusOf } from './model-status.ts';

/** Its exit code: 1 when a file is damaged, or one that was asked for is missing. */
export async function verifyModels(names: readonly string[], stdout: Output): Promise<number> {
  let failed = false;
  for (const entry of entriesOf(names)) {
    const status = await statusOf(entry);
    if (status.state === 'here') {
      stdout.write(`${entry.id}: whole, sha256 ${status.model.sha256}, ${status.model.path}\n`);
    } else {
      stdout.write(`${entry.id}: ${status.state}. ${status.reason}\n`);
      failed ||= status.state === 'damaged' || names.length > 0;
    }
  }
  return failed ? 1 : 0;
}
