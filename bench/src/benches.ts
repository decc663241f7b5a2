/** What can be measured, and the program that does it. */
export const benches: ReadonlyMap<string, { readonly file: string; readonly question: string }> = new Map([
  [
    'overhead',
    { file: 'overhead.ts', question: 'what the way from capture to detection costs beside the work' },
  ],
  ['overload', { file: 'overload.ts', question: 'age of results when four times too many frames come' }],
]);
