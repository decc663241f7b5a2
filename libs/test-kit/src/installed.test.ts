import { describe, expect, it } from 'vitest';
import { findPython, has } from './installed.ts';

describe('what is installed', () => {
  it('knows a command that answers from one that does not exist', () => {
    expect(has.command(process.execPath, '--version')).toBe(true);
    expect(has.command('no-such-command-anywhere')).toBe(false);
  });

  it('finds no Python for a module that does not exist', () => {
    expect(findPython(['no_such_module_anywhere'])).toBeUndefined();
  });
});
