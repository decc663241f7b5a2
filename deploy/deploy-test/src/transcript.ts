/** What a trial did and measured, as it goes. */
export interface Transcript {
  /** A step that is over, with the time since the trial began. */
  step(text: string): void;
  /** Something measured. */
  figure(name: string, value: string): void;
  readonly figures: ReadonlyMap<string, string>;
}

export function createTranscript(say: (line: string) => void, nowMs: () => number): Transcript {
  const beganMs = nowMs();
  const figures = new Map<string, string>();
  return {
    step: (text) => say(`${seconds(nowMs() - beganMs).padStart(7)}  ${text}`),
    figure(name, value) {
      figures.set(name, value);
      say(`${''.padStart(7)}  ${name}: ${value}`);
    },
    figures,
  };
}

export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

/** What a program said, as lines below a step. */
export function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '           ');
}
