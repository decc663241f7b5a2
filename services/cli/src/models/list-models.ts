import { modelCatalogue } from '@framegate/object-detector';
import type { Output } from '../terminal/output.ts';
import { pinOf } from './model-pin.ts';
import type { ModelStatus } from './model-status.ts';
import { statusOf } from './model-status.ts';

export async function listModels({ json }: { json: boolean }, stdout: Output): Promise<void> {
  const rows = (await Promise.all(modelCatalogue.map(statusOf))).map(rowOf);
  stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : rows.map(textOf).join('\n'));
}

function rowOf(status: ModelStatus) {
  const { id, head, classNames, licence } = status.entry;
  const common = {
    id,
    head,
    classes: classNames.length,
    licence,
    ...pinOf(status.entry),
    state: status.state,
  };
  if (status.state !== 'here') return { ...common, path: null, note: status.reason };
  const { path, bytes, sha256, input } = status.model;
  return { ...common, bytes, sha256, input: `${input.width}x${input.height}`, path, note: null };
}

function textOf(row: ReturnType<typeof rowOf>): string {
  const size = row.bytes === null ? 'size not known' : `${(row.bytes / 1e6).toFixed(1)} MB`;
  const input = 'input' in row ? `, input ${row.input}` : '';
  return [
    row.id,
    `  ${row.head} head, ${row.classes} classes${input}, ${size}, licence ${row.licence}`,
    `  sha256 ${row.sha256 ?? 'not known'}${row.download === null ? '' : `\n  pinned download ${row.download}`}`,
    `  ${row.state}: ${row.path ?? row.note}`,
    '',
  ].join('\n');
}
