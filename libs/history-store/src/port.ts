import type { DecisionRecord } from '@framegate/contracts';
import type { Summary } from './summary.ts';

/**
 * What happened and may be asked for later. Every call may fail with a `HistoryStoreError`; the caller goes on without
 * the past. Times are µs since the Unix epoch, ranges include `fromUs` and exclude `untilUs`.
 */
export interface HistoryStore {
  /** All of the batch or nothing. What is known already (by id, or by series, subject and time) is replaced. */
  write(batch: HistoryBatch): Promise<void>;
  /** Newest start first. */
  findAppearances(query: AppearanceQuery): Promise<Page<FoundAppearance>>;
  appearance(id: string): Promise<FoundAppearance | null>;
  /** A JPEG. */
  thumbnail(appearanceId: string): Promise<Uint8Array | null>;
  /** Oldest first, at steps of `stepUs`; a step in which nothing was measured is left out. */
  series(query: SeriesQuery): Promise<SeriesPoint[]>;
  /** Newest first. */
  decisions(query: TimeQuery): Promise<Page<KeptDecision>>;
  /** Newest first. */
  auditLog(query: AuditQuery): Promise<Page<AuditEntry>>;
  /** What is to be delivered outside. */
  readonly queue: MessageQueue;
  readDocument(key: string): Promise<Document | null>;
  /**
   * @param ifRevision the revision that was read, 0 where there must be none yet; any where undefined
   * @returns the new revision, or null, and nothing is written, when somebody else wrote meanwhile
   */
  writeDocument(key: string, value: unknown, ifRevision?: number): Promise<number | null>;
  /**
   * Deletes the appearances and thumbnails of these cameras in this range, and refuses them when they are written
   * again, as a recorder does that reads a topic twice. @returns how many appearances were deleted
   */
  erase(range: EraseRange): Promise<number>;
  /** Deletes what is past its retention and makes minutes of seconds. Call it each minute or so. */
  maintain(policy: RetentionPolicy, nowUs: number): Promise<MaintenanceReport>;
  close(): Promise<void>;
}

/**
 * Messages in line for somebody outside. Each is held by one process at a time; when that ends without a word,
 * another one takes what it held: a message is delivered at least once, and its id tells the receiver which it is.
 */
export interface MessageQueue {
  /** Puts messages in line; those whose id is or was in line are passed over. @returns ids of the new ones */
  put(messages: readonly QueuedMessage[], hold: Hold): Promise<string[]>;
  /** Takes up to `limit` of those that nobody holds, oldest first. */
  take(hold: Hold, nowUs: number, limit: number): Promise<QueuedMessage[]>;
  /** Holds all that the holder has for longer; with a time that is over, gives it back. */
  hold(hold: Hold): Promise<void>;
  /** Delivered or given up. Their ids stay known for a while. */
  settle(ids: readonly string[]): Promise<void>;
}

export interface QueuedMessage {
  readonly id: string;
  readonly atUs: number;
  /** As JSON. */
  readonly message: unknown;
}

export interface Hold {
  /** Unique for each process. */
  readonly holder: string;
  readonly untilUs: number;
}

export type AppearanceBox = readonly [x: number, y: number, width: number, height: number];

/** One person or vehicle in front of one camera, from when it came until it went. */
export interface Appearance {
  /** The same however often it is written. At most 200 characters. */
  readonly id: string;
  readonly cameraId: string;
  readonly className: string;
  readonly startUs: number;
  /** When it was seen last; at most `maxAppearanceUs` after the start. */
  readonly endUs: number;
  /** Whether it may still go on. */
  readonly open: boolean;
  /** In how many frames it was found. */
  readonly detections: number;
  /** Of its best detection, 0..1. */
  readonly bestScore: number;
  readonly bestAtUs: number;
  /** x, y, width, height in source pixels at its best detection. */
  readonly box: AppearanceBox;
  readonly firstBox: AppearanceBox;
  readonly lastBox: AppearanceBox;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  /** All zones in which it was. */
  readonly zones: readonly string[];
}

/** Longer ones are told as several: a search by time looks back no further. */
export const maxAppearanceUs = 3600e6;

export interface FoundAppearance extends Appearance {
  readonly hasThumbnail: boolean;
}

export interface Thumbnail {
  readonly appearanceId: string;
  readonly jpeg: Uint8Array;
}

export const maxThumbnailBytes = 20 * 1024;

/** What was measured in one second. */
export interface Sample {
  /** What: `latency`, `framesPerSecond`, … */
  readonly series: string;
  /** Of what: a camera, a site; empty for all. */
  readonly subject: string;
  readonly atUs: number;
  readonly summary: Summary;
}

export interface AuditEntry {
  readonly id: string;
  readonly atUs: number;
  /** Who: the name of a token or of a person, `local` where access is off. */
  readonly actor: string;
  /** What was done: `events.viewed`, `events.exported`, `events.erased`, `rule.changed`, … */
  readonly action: string;
  /** To what, in words. */
  readonly subject: string;
}

/** What the promise was before a decision, and what it is behind it. Null: nothing to say. */
export interface DecisionOutcome {
  readonly p95BeforeMs: number | null;
  readonly p95AfterMs: number | null;
  /** Shares, 0..1. */
  readonly onTimeBefore: number | null;
  readonly onTimeAfter: number | null;
}

export interface KeptDecision {
  readonly record: DecisionRecord;
  /** What came of it; null while nobody has said. */
  readonly outcome: DecisionOutcome | null;
}

/** What a service remembers, as JSON. */
export interface Document {
  readonly value: unknown;
  /** Rises with each write, from 1. */
  readonly revision: number;
}

export interface HistoryBatch {
  readonly appearances?: readonly Appearance[];
  /** Those of unknown appearances are dropped. */
  readonly thumbnails?: readonly Thumbnail[];
  readonly samples?: readonly Sample[];
  readonly decisions?: readonly DecisionRecord[];
  /** Those of unknown decisions are dropped. */
  readonly outcomes?: readonly { readonly decisionId: string; readonly outcome: DecisionOutcome }[];
  readonly audit?: readonly AuditEntry[];
  /** Written whatever their revision is: progress that belongs to the rest of the batch. */
  readonly documents?: readonly { readonly key: string; readonly value: unknown }[];
}

export interface TimeQuery {
  readonly fromUs?: number | undefined;
  readonly untilUs?: number | undefined;
  /** 1..1000 */
  readonly limit: number;
  /** `next` of the page before: goes on exactly behind it, whatever was added meanwhile. */
  readonly cursor?: string | undefined;
}

/** Fields that are absent or empty restrict nothing. An appearance counts if any part of it is in the range. */
export interface AppearanceQuery extends TimeQuery {
  readonly cameraIds?: readonly string[] | undefined;
  readonly classNames?: readonly string[] | undefined;
  /** In any of them. */
  readonly zones?: readonly string[] | undefined;
  readonly minScore?: number | undefined;
  readonly open?: boolean | undefined;
}

export interface AuditQuery extends TimeQuery {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
}

export interface Page<T> {
  readonly items: T[];
  /** Null on the last page. */
  readonly next: string | null;
}

export interface SeriesQuery {
  readonly series: readonly string[];
  /** All where undefined. */
  readonly subjects?: readonly string[] | undefined;
  readonly fromUs: number;
  readonly untilUs: number;
  /** Width of what is put together, a whole number of seconds. Less than a minute reaches back as far as seconds do. */
  readonly stepUs: number;
}

export interface SeriesPoint extends Sample {
  /** Begin of the step. */
  readonly atUs: number;
}

export interface EraseRange {
  /** At least one. */
  readonly cameraIds: readonly string[];
  readonly fromUs: number;
  readonly untilUs: number;
}

/** How long what is kept, seconds, and how much of it. */
export interface RetentionPolicy {
  readonly appearancesSeconds: number;
  readonly thumbnailsSeconds: number;
  /** Measurements of each second; those of each minute. */
  readonly secondsSeconds: number;
  readonly minutesSeconds: number;
  readonly decisionsSeconds: number;
  readonly auditSeconds: number;
  /** Messages and their ids, whether they were delivered or not. */
  readonly queueSeconds: number;
  /** Of the whole store. Above it the oldest thumbnails go, then the oldest appearances. */
  readonly maxBytes: number;
}

export const defaultRetention: RetentionPolicy = {
  appearancesSeconds: 30 * 86_400,
  thumbnailsSeconds: 7 * 86_400,
  secondsSeconds: 2 * 3600,
  minutesSeconds: 30 * 86_400,
  decisionsSeconds: 90 * 86_400,
  auditSeconds: 365 * 86_400,
  queueSeconds: 86_400,
  maxBytes: 4 * 1024 ** 3,
};

export interface MaintenanceReport {
  /** Rows that were deleted because of their age, and those because of the size. */
  readonly expired: number;
  readonly evicted: number;
  /** What is in use afterwards. */
  readonly bytes: number;
}
