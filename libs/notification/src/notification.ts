/** Something that somebody wants to be told of has happened. */
export interface Notification {
  /** The same for the same thing, whenever and by whomever it is told: receivers deduplicate by it. */
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly kind: 'appearance' | 'silence' | 'test';
  readonly cameraId: string;
  /** The sentence for people. */
  readonly text: string;
  /** When it became so: capture of the frame that showed it, µs since the Unix epoch. */
  readonly atUs: number;
  /** Of an appearance. */
  readonly className?: string;
  readonly zones?: readonly string[];
  readonly score?: number;
  readonly appearanceId?: string;
}
