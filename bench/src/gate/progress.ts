const barWidth = 30;

/** A line on a terminal that is drawn over; nothing where standard error is no terminal. */
export function createProgress(): { show(share: number): void; end(): void } {
  const startedMs = performance.now();
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} };
  return {
    show(share) {
      const filled = Math.round(share * barWidth);
      const leftSeconds = ((performance.now() - startedMs) / 1000) * (1 / share - 1);
      const left = share > 0 ? `, ${durationText(leftSeconds)} left` : '';
      const bar = `${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}`;
      process.stderr.write(`\r\u001B[K${bar} ${Math.floor(100 * share)} %${left}`);
    },
    end: () => process.stderr.write('\r\u001B[K'),
  };
}

export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
