import { z } from 'zod';

/** How many checks and tests passed, failed and were skipped. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    nothing,
  );
}

export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/** The part of vitest's JSON report that counts. */
export type VitestReport = z.output<typeof reportSchema>;

export function parseReport(text: string): VitestReport {
  return reportSchema.parse(JSON.parse(text));
}

/**
 * Counts a report. A file that could not be loaded has no tests and counts as one failure; so does a run that
 * executed nothing, and one that vitest calls failed though each test passed (an unhandled error, a bad option).
 */
export function tallyOf(report: VitestReport | undefined, exitCode: number | null): Tally {
  const files = report?.testResults ?? [];
  const statuses = files.flatMap((file) => file.assertionResults.map((test) => test.status));
  const passed = statuses.filter((status) => status === 'passed').length;
  const failedTests = statuses.filter((status) => status === 'failed').length;
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = failedTests + brokenFiles;
  const alsoFailed = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + alsoFailed, skipped: statuses.length - passed - failedTests };
}

/** Files of which tests were skipped, with their number: `libs/a.test.ts: 3 tests`. */
export function skippedFiles(report: VitestReport | undefined): string[] {
  return (report?.testResults ?? []).flatMap(({ name, assertionResults }) => {
    const skipped = assertionResults.filter(
      ({ status }) => status !== 'passed' && status !== 'failed',
    ).length;
    return skipped === 0 ? [] : `${name}: ${skipped} ${skipped === 1 ? 'test' : 'tests'}`;
  });
}
