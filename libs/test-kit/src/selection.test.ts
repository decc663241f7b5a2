import { describe, expect, it } from 'vitest';
import { selectionFrom } from './selection.ts';

describe('the command line of pnpm test', () => {
  it('selects the checks and every test when it is empty', () => {
    expect(selectionFrom([])).toEqual({ checks: true, tests: true, vitestArguments: [] });
  });

  it('hands paths and foreign options to vitest, and drops the separator that package managers insert', () => {
    expect(selectionFrom(['--', 'libs/scene', '-t', 'rain'])).toEqual({
      checks: true,
      tests: true,
      vitestArguments: ['libs/scene', '-t', 'rain'],
    });
  });

  it('narrows the run to one kind of test, without the checks', () => {
    const selection = selectionFrom(['libs/scene', '--only-int']);
    expect(selection).toEqual({
      checks: false,
      tests: true,
      vitestArguments: ['--project=int', 'libs/scene'],
    });
  });

  it('refuses two switches that exclude each other', () => {
    expect(() => selectionFrom(['--only-unit', '--only-e2e'])).toThrow('exclude each other');
  });
});
