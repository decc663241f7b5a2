import type {
  CloudCounts,
  Detection,
  EdgeCounts,
  EdgeFates,
  FrameId,
  FrameKind,
  Outcome,
  OutcomeName,
} from '@framegate/contracts';
import { formatFrameId } from '@framegate/contracts';
import type { Epoch, UnknownFrames } from './audit-edge.ts';
import { auditEdge, isSent, maxFramesOfEpoch, mayFollow } from './audit-edge.ts';
import { emptyCloudCounts } from './cloud-ledger.ts';

/** What an audit found; `complaints` is empty when every frame has one known fate. */
export interface Audit {
  readonly edge: EdgeCounts;
  readonly bus: { readonly onBus: number; readonly expiredOnBus: number };
  /** `delivered` and `duplicates` do not show in topics and are 0. */
  readonly cloud: CloudCounts;
  /** Frames that a crashed edge captured after its last fate record, as far as the topics show them. */
  readonly unknownAtCrash: number;
  /** Which those are. */
  readonly unknownFrames: readonly UnknownFrames[];
  /** Acknowledged by the broker and without outcome. */
  readonly lost: number;
  /** Frames with two different final detections. */
  readonly doubled: number;
  readonly complaints: string[];
}

/**
 * Rebuilds the ledger from what stands in the topics alone and trusts no service's counters.
 * Feed it every message of the frames, outcomes, detections and quarantine topics, in any order.
 */
export interface Auditor {
  frame(frame: FrameId & { readonly kind: FrameKind }): void;
  fates(fates: EdgeFates): void;
  outcome(outcome: Outcome): void;
  detection(detection: Detection): void;
  quarantined(frameId: string | undefined): void;
  finish(options: AuditEnd): Audit;
}

export interface AuditEnd {
  /** Every reader has reached the end, so a frame without outcome is lost and not on its way. */
  readonly drained: boolean;
  /** The broker has removed frames by retention, so an absent one is not a lost one. */
  readonly retentionPassed: boolean;
}

/** Two outcomes of one frame resolve as the first of these. */
const outcomeRank: readonly OutcomeName[] = ['analysed', 'failed', 'expired', 'superseded'];

export function createAuditor(): Auditor {
  const epochs = new Map<string, Epoch>();
  const onTopic = new Map<string, 'published' | 'backfilled'>();
  const outcomes = new Map<string, OutcomeName>();
  const toldAtUs = new Map<string, number>();
  const detections = new Map<string, string>();
  const emittedAtUs = new Map<string, number>();
  const quarantined = new Set<string>();
  const doubled = new Set<string>();
  const complaints: string[] = [];
  let unnamedQuarantined = 0;

  const epochOf = ({ cameraId, epoch }: Pick<FrameId, 'cameraId' | 'epoch'>): Epoch => {
    const key = `${cameraId}/${epoch}`;
    let found = epochs.get(key);
    if (!found) epochs.set(key, (found = { fates: new Map(), spooled: new Set(), maxSeq: 0, final: false }));
    return found;
  };

  const complain = (ids: readonly string[], what: string): void => {
    for (const id of ids) complaints.push(`${id} ${what}`);
  };

  return {
    frame(frame) {
      const id = formatFrameId(frame);
      if (!onTopic.has(id)) onTopic.set(id, frame.kind === 'backfill' ? 'backfilled' : 'published');
      const epoch = epochOf(frame);
      epoch.maxSeq = Math.max(epoch.maxSeq, frame.seq);
    },
    fates(record) {
      const epoch = epochOf(record);
      epoch.final ||= record.final;
      for (const [from, to, fate] of record.runs) {
        epoch.maxSeq = Math.max(epoch.maxSeq, to);
        if (to > maxFramesOfEpoch) continue;
        for (let seq = from; seq <= to; seq++) {
          const before = epoch.fates.get(seq);
          if (before !== undefined && before !== fate && !mayFollow(before, fate)) {
            complaints.push(`${record.cameraId}/${record.epoch}/${seq} was ${before} and then ${fate}`);
          }
          if (before === undefined || !isSent(before)) epoch.fates.set(seq, fate);
        }
      }
      for (const [from, to] of record.spooled ?? []) {
        epoch.maxSeq = Math.max(epoch.maxSeq, to);
        if (to <= maxFramesOfEpoch) for (let seq = from; seq <= to; seq++) epoch.spooled.add(seq);
      }
    },
    outcome(outcome) {
      const id = formatFrameId(outcome);
      const epoch = epochOf(outcome);
      epoch.maxSeq = Math.max(epoch.maxSeq, outcome.seq);
      const before = outcomes.get(id);
      if (before === undefined || outcomeRank.indexOf(outcome.outcome) < outcomeRank.indexOf(before)) {
        outcomes.set(id, outcome.outcome);
        toldAtUs.set(id, outcome.atUs);
      }
    },
    detection(detection) {
      const id = formatFrameId(detection);
      emittedAtUs.set(id, Math.min(detection.timesUs.emitted, emittedAtUs.get(id) ?? Infinity));
      const found = JSON.stringify(detection.objects);
      const before = detections.get(id);
      if (before !== undefined && before !== found) doubled.add(id);
      detections.set(id, found);
    },
    quarantined(frameId) {
      if (frameId === undefined) unnamedQuarantined += 1;
      else quarantined.add(frameId);
    },
    finish({ drained, retentionPassed }) {
      // Who was killed between a detection and its outcome has analysed the frame, though another met it again too late.
      for (const [id, emittedUs] of emittedAtUs)
        if ((toldAtUs.get(id) ?? -Infinity) > emittedUs) outcomes.set(id, 'analysed');
      const { edge, sent, unknownAtCrash, unknownFrames } = auditEdge(epochs, onTopic, outcomes, complaints);
      const cloud = emptyCloudCounts();
      for (const outcome of outcomes.values()) cloud[outcome] += 1;
      cloud.received = outcomes.size;
      const open = [...sent].filter((id) => !outcomes.has(id) && !quarantined.has(id));
      const onBus = open.filter((id) => onTopic.has(id));
      const gone = open.filter((id) => !onTopic.has(id));
      if (drained) complain(onBus, 'is on its topic and has no outcome');
      if (!retentionPassed) complain(gone, 'was acknowledged and is nowhere');
      complain(without(outcomes, 'analysed', detections), 'was analysed and has no detection');
      complain(
        [...detections.keys()].filter((id) => outcomes.get(id) !== 'analysed'),
        'has a detection and was not analysed',
      );
      complain([...doubled], 'has two different detections');
      return {
        edge,
        bus: { onBus: onBus.length, expiredOnBus: retentionPassed ? gone.length : 0 },
        cloud: { ...cloud, quarantined: quarantined.size + unnamedQuarantined },
        unknownAtCrash,
        unknownFrames,
        lost: (drained ? onBus.length : 0) + (retentionPassed ? 0 : gone.length),
        doubled: doubled.size,
        complaints,
      };
    },
  };
}

function without(
  outcomes: Map<string, OutcomeName>,
  name: OutcomeName,
  known: ReadonlyMap<string, unknown>,
): string[] {
  return [...outcomes].filter(([id, outcome]) => outcome === name && !known.has(id)).map(([id]) => id);
}
