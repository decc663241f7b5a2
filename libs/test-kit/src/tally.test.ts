import { describe, expect, it } from 'vitest';
import { closingLine, skippedFiles, sum, tallyOf } from './tally.ts';

const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('the tally of a run', () => {
  it('counts what passed, failed and was skipped, a test still to be written among the skipped', () => {
    const report = {
      testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed', 'skipped', 'todo')],
    };
    expect(tallyOf(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(tallyOf({ testResults: [file('failed'), file('passed', 'passed')] }, 1).failed).toBe(1);
  });

  it('fails a run that executed no test, that left no report, or that vitest calls failed', () => {
    expect(tallyOf({ testResults: [file('passed', 'skipped')] }, 0)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 1,
    });
    expect(tallyOf(undefined, null).failed).toBe(1);
    expect(tallyOf({ testResults: [file('passed', 'passed')] }, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  it('adds up to one closing line', () => {
    const tally = sum([
      { passed: 4, failed: 0, skipped: 0 },
      { passed: 10, failed: 1, skipped: 2 },
    ]);
    expect(closingLine(tally)).toBe('14 passed, 1 failed, 2 skipped');
  });

  it('names the files of which tests were skipped, so that no skip is silent', () => {
    const report = { testResults: [file('passed', 'passed'), file('passed', 'skipped', 'passed', 'todo')] };
    expect(skippedFiles(report)).toEqual(['a.test.ts: 2 tests']);
  });
});
