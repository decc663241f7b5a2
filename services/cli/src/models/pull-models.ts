import { AssetError } from '@framegate/assets';
import { ModelError, resolveModel } from '@framegate/object-detector';
import { reportDownload } from '../terminal/report-download.ts';
import { pinOf } from './model-pin.ts';
import { entriesOf, statusOf } from './model-status.ts';

/** Its exit code: 1 when a model that was asked for can't be had. */
export async function pullModels(
  names: readonly string[],
  { stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>,
): Promise<number> {
  let failed = false;
  for (const entry of entriesOf(names)) {
    const status = await statusOf(entry);
    if (status.state === 'here') {
      stdout.write(`${entry.id}: is here, ${status.model.path}\n`);
    } else if (names.length === 0 && status.state === 'missing' && pinOf(entry).download === null) {
      stdout.write(`${entry.id}: passed over. ${status.reason}\n`);
    } else {
      const message = await pull(entry.id, stderr);
      if (message !== null) stderr.write(`${entry.id}: ${message}\n`);
      else stdout.write(`${entry.id}: pulled and checked\n`);
      failed ||= message !== null;
    }
  }
  return failed ? 1 : 0;
}

/** Why it can't be had; null: it is here now. */
async function pull(id: string, stderr: NodeJS.WriteStream): Promise<string | null> {
  try {
    await resolveModel(id, { onProgress: reportDownload(stderr) });
    return null;
  } catch (error) {
    if (error instanceof AssetError || error instanceof ModelError) return error.message;
    throw error;
  }
}
