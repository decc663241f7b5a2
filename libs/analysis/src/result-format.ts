import { formatCoco } from './coco-format.ts';
import { formatCsv } from './csv-format.ts';
import type { Results } from './results.ts';

/** Writes results as text, in pieces. */
type ResultFormat = (results: Results) => AsyncIterable<string>;

export const resultFormats = {
  jsonl: formatJsonl,
  coco: formatCoco,
  csv: formatCsv,
} as const satisfies Record<string, ResultFormat>;

export type ResultFormatName = keyof typeof resultFormats;

/** A line of JSON for each analysed frame, then `{"ledger": …}`. */
async function* formatJsonl({ logs, ledger }: Results): AsyncGenerator<string> {
  for (const log of logs) for await (const line of log.lines()) yield `${line}\n`;
  yield `${JSON.stringify({ ledger })}\n`;
}
