/** Waits until the promise settles or the time is over, whichever comes first; never rejects. */
export async function settledWithin(promise: Promise<unknown>, timeoutMs: number): Promise<void> {
  const timeout = Promise.withResolvers<void>();
  const timer = setTimeout(timeout.resolve, timeoutMs);
  await Promise.race([promise.catch(() => {}), timeout.promise]);
  clearTimeout(timer);
}
