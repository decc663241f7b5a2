/**
 * Collects the garbage of this thread (`node --expose-gc`) and gives the free room of its heap back to the system, as V8
 * does when memory runs out. A plain collection keeps the emptied pages, which can be more than the heap itself, so
 * resident memory would tell what was done lately and not what is remembered.
 */
export function collectGarbage(): void {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
