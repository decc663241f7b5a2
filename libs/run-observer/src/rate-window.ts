/** The growth of a counter per second over the last few readings. */
export interface RateWindow {
  read(count: number, atUs: number): void;
  perSecond(): number;
}

export function createRateWindow(readings = 5): RateWindow {
  const window: { count: number; atUs: number }[] = [];
  return {
    read(count, atUs) {
      if (window.at(-1) && count < (window.at(-1)?.count ?? 0)) window.length = 0;
      window.push({ count, atUs });
      if (window.length > readings) window.shift();
    },
    perSecond() {
      const [first, last] = [window[0], window.at(-1)];
      if (!first || !last || last.atUs <= first.atUs) return 0;
      return ((last.count - first.count) * 1e6) / (last.atUs - first.atUs);
    },
  };
}
