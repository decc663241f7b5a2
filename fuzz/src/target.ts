/** What is put in: a few byte strings, so that any input can be kept in a file. */
export type Parts = readonly Uint8Array[];

/** `refused`: it was told to be unusable, in the words that are meant for that. */
export type Outcome = 'taken' | 'refused';

/** A boundary of the system that strangers' bytes reach. */
export interface Target {
  readonly name: string;
  /** Share of the inputs of a run. */
  readonly share: number;
  /** Longer is a hang, ms. */
  readonly boundMs: number;
  open(): Promise<OpenTarget>;
}

export interface OpenTarget {
  /** @param random uniform in [0, 1); the same numbers give the same input */
  make(random: () => number): Parts;
  /** @throws anything but a refusal that is known: a crash */
  run(parts: Parts): Promise<Outcome>;
  close(): Promise<void>;
}
