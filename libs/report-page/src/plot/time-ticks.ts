const steps = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200,
  86_400,
];

/** Round moments in a stretch of seconds, at most `count` of them or so. */
export function timeTicks([from, to]: readonly [number, number], count: number): number[] {
  const step = steps.find((seconds) => (to - from) / seconds <= count) ?? (to - from) / count;
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9) || 0; i * step <= to + 1e-9; i++) ticks.push(i * step);
  return ticks;
}

/** 83.5 as `1:23.5`, 3600 as `1:00:00`. */
export function timeText(seconds: number): string {
  const tenths = Math.round(Math.abs(seconds) * 10);
  const whole = Math.floor(tenths / 10);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const tail = `${String(whole % 60).padStart(2, '0')}${tenths % 10 === 0 ? '' : `.${tenths % 10}`}`;
  const head = hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}` : `${minutes}`;
  return `${seconds < 0 && tenths > 0 ? '−' : ''}${head}:${tail}`;
}
