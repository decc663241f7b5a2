/** Makes the wall clock of this thread wrong; monotonic clocks stay right, as under a TimeChaos of CLOCK_REALTIME. */
export function disturbClock(aheadMs: () => number): void {
  const rightNow = Date.now.bind(Date);
  Date.now = () => rightNow() + aheadMs();
  globalThis.Date = new Proxy(Date, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [target.now()] : args, newTarget),
  });
}
