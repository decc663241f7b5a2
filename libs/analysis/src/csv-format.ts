import type { AnalysedFrame } from './analysed-frame.ts';
import type { Results } from './results.ts';

const columns = 'file,frame,timeSeconds,class,score,x,y,width,height,gateScore';

/**
 * RFC 4180 with a header line: a row for each object, and one with empty object columns for an analysed frame
 * without objects, so that the rows tell which frames were looked at.
 */
export async function* formatCsv({ logs }: Pick<Results, 'logs'>): AsyncGenerator<string> {
  yield `${columns}\n`;
  for (const log of logs) for await (const frame of log.frames()) yield rowsOf(frame);
}

function rowsOf({ file, frame, timeSeconds, objects, gate }: AnalysedFrame): string {
  const found = objects.map(({ class: name, score, box }) => [name, score, ...box]);
  const rows = found.length > 0 ? found : [['', '', '', '', '', '']];
  return rows.map((row) => toLine([file, frame, timeSeconds, ...row, gate.score ?? ''])).join('');
}

function toLine(values: readonly (string | number)[]): string {
  return `${values.map((value) => quoted(String(value))).join(',')}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
