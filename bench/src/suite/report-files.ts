import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { BenchReport } from './bench-report.ts';
import { benchReportSchema } from './bench-report.ts';

/** One file for each bench, named for it. */
export async function saveReport(folder: string, report: BenchReport): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${report.bench}.json`);
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
  return path;
}

/**
 * Reports in a file (one, or an array of them) or in the files of a folder.
 * @throws RangeError that names the file, and what is wrong with it
 */
export async function loadReports(path: string): Promise<BenchReport[]> {
  const names = await readdir(path).catch(() => null);
  if (names === null) return loadFile(path);
  const files = names.filter((name) => name.endsWith('.json')).toSorted();
  return (await Promise.all(files.map((name) => loadFile(join(path, name))))).flat();
}

async function loadFile(path: string): Promise<BenchReport[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new RangeError(
      `${path}: can't be read (${error instanceof Error ? error.message : String(error)}).`,
    );
  });
  return parseReports(text, path);
}

/** @throws RangeError that names `path`, and what is wrong with it */
export function parseReports(text: string, path: string): BenchReport[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RangeError(`${path}: is no JSON (${error instanceof Error ? error.message : String(error)}).`);
  }
  const parsed = z
    .union([benchReportSchema.transform((report) => [report]), z.array(benchReportSchema)])
    .safeParse(value);
  if (parsed.success) return parsed.data;
  const schema = z.looseObject({ schema: z.unknown() }).safeParse(value).data?.schema;
  const found = schema === undefined ? 'something else' : `schema ${JSON.stringify(schema)}`;
  throw new RangeError(
    `${path}: expected a bench's report (schema "framegate.report/1", as \`pnpm bench NAME --json\` prints it), found ${found}: ${z.prettifyError(parsed.error).split('\n')[0]}.`,
  );
}
