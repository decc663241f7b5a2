import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { need, needFullRun, skipNotesVariable } from './need.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'framegate-need-'));
  vi.stubEnv(skipNotesVariable, join(folder, 'notes'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe('a need of a test', () => {
  it('that is met is silent, and one that is not leaves a line with the remedy', () => {
    expect(need('air', () => true, 'breathe')).toBe(true);
    expect(need('a unicorn', () => false, 'look harder')).toBe(false);
    expect(readFileSync(join(folder, 'notes'), 'utf8')).toBe(
      'skipped: needs a unicorn. To enable: look harder\n',
    );
  });

  it('for the full run is told apart from something missing', () => {
    vi.stubEnv('FRAMEGATE_FULL', '');
    expect(needFullRun('the cluster suite')).toBe(false);
    expect(readFileSync(join(folder, 'notes'), 'utf8')).toContain('not selected: the cluster suite');
    vi.stubEnv('FRAMEGATE_FULL', '1');
    expect(needFullRun('the cluster suite')).toBe(true);
  });
});
