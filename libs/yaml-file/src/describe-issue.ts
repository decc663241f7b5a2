import { redactUrl } from '@framegate/service-kit';
import type { z } from 'zod';
import { childOf } from './child-of.ts';
import { didYouMean } from './did-you-mean.ts';

const plainTypes: Readonly<Record<string, string>> = {
  object: 'keys with values (key: value)',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  tuple: 'two numbers [x, y]',
};

/**
 * What is wrong with a value and what to do.
 * @param written the document before variables were replaced, so that no value of the environment is ever shown
 * @param shown the value in the message
 */
export function describeIssue(
  issue: z.core.$ZodIssue,
  written: unknown,
  shown: (value: unknown) => string = show,
): string {
  const value = issue.path.reduce<unknown>(childOf, written);
  if (value === undefined) return 'is missing: add it';
  switch (issue.code) {
    case 'invalid_type':
      return `is ${shown(value)}: expected ${plainTypes[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `unknown value ${shown(value)}${didYouMean(typeof value === 'string' ? value : '', issue.values.map(String))}`;
    case 'too_big':
      return `is ${shown(value)}: expected ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'too_small':
      return `is ${shown(value)}: expected ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'custom':
      return issue.message;
    default:
      return `is ${shown(value)}: ${issue.message}`;
  }
}

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly at: string;
  readonly message: string;
}

/**
 * All that is wrong with a value that came without lines and columns, as a request's body: where, and what.
 * @param value what was parsed
 * @param isSecret nothing that was given is shown but keys
 */
export function describeMistakes(error: z.ZodError, value: unknown, isSecret = false): Mistake[] {
  return error.issues.map((issue) => ({
    path: issue.path,
    at: issue.path.join('.'),
    message:
      issue.code === 'unrecognized_keys'
        ? `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}: remove it`
        : describeIssue(issue, value, isSecret ? () => '(not shown)' : show),
  }));
}

function unitOf(origin: string): string {
  return { array: ' in the list', string: ' characters' }[origin] ?? '';
}

/** The value as it is written; what holds other values, which may be secrets, by its kind only. */
function show(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'keys with values';
  const text = redactUrl(typeof value === 'number' ? String(value) : JSON.stringify(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
