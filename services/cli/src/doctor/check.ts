/** What came of looking at one thing. `optional`: what is missing is needed by some commands only. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'optional' | 'failed';
  /** In one line. */
  readonly found: string;
  /** What to do; null: nothing. */
  readonly advice: string | null;
}

export function ok(name: string, found: string): Check {
  return { name, state: 'ok', found, advice: null };
}

export function optional(name: string, found: string, advice: string): Check {
  return { name, state: 'optional', found, advice };
}

export function failed(name: string, found: string, advice: string): Check {
  return { name, state: 'failed', found, advice };
}

export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
