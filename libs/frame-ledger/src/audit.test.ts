import type { Detection, EdgeFates, FateRun, FrameKind, Outcome, OutcomeName } from '@framegate/contracts';
import { describe, expect, it } from 'vitest';
import { createAuditor } from './audit.ts';

const end = { drained: true, retentionPassed: false };
const frame = (seq: number, kind: FrameKind = 'live') => ({ cameraId: 'a/b', epoch: 1, seq, kind });
const fates = (runs: FateRun[], final = true): EdgeFates => ({
  cameraId: 'a/b',
  epoch: 1,
  record: 1,
  final,
  atUs: 0,
  runs,
});
const outcome = (seq: number, name: OutcomeName): Outcome => ({
  ...frame(seq),
  outcome: name,
  capturedAtUs: 0,
  objectiveMs: 500,
  atUs: 0,
});
const detection = (seq: number, score = 0.9): Detection => ({
  ...frame(seq),
  model: { id: 'm', sha256: '' },
  configVersion: 0,
  objectiveMs: 500,
  sourceWidth: 10,
  sourceHeight: 10,
  objects: [{ box: [0, 0, 1, 1], className: 'person', score, zones: [] }],
  gate: { score: 0, regions: [] },
  frameBytes: 1,
  batchSize: 1,
  timesUs: {
    captured: 0,
    gated: 0,
    encoded: 0,
    published: 0,
    received: 0,
    started: 0,
    inferred: 0,
    emitted: 0,
  },
  workMs: { decode: 0, gate: 0, encode: 0, jpegDecode: 0, inference: 0 },
});

/** A run of five frames where nothing went wrong. */
function soundRun() {
  const auditor = createAuditor();
  auditor.fates(
    fates([
      [1, 2, 'stopped'],
      [3, 4, 'published'],
      [5, 5, 'discarded:late'],
    ]),
  );
  auditor.frame(frame(3));
  auditor.frame(frame(4));
  auditor.outcome(outcome(3, 'superseded'));
  auditor.outcome(outcome(4, 'analysed'));
  auditor.detection(detection(4));
  return auditor;
}

describe('an audit of the topics', () => {
  it('finds nothing to complain of when every frame has its fate', () => {
    const audit = soundRun().finish(end);
    expect(audit.complaints).toEqual([]);
    expect(audit.edge).toMatchObject({ captured: 5, stopped: 2, published: 2, discarded: { late: 1 } });
    expect(audit.cloud).toMatchObject({ received: 2, analysed: 1, superseded: 1 });
    expect(audit).toMatchObject({
      lost: 0,
      doubled: 0,
      unknownAtCrash: 0,
      bus: { onBus: 0, expiredOnBus: 0 },
    });
  });

  it('calls a frame lost that was acknowledged and has no outcome after the drain', () => {
    const auditor = createAuditor();
    auditor.fates(fates([[1, 2, 'published']]));
    auditor.frame(frame(1));
    const audit = auditor.finish(end);
    expect(audit.lost).toBe(2);
    expect(audit.complaints).toEqual([
      'a/b/1/1 is on its topic and has no outcome',
      'a/b/1/2 was acknowledged and is nowhere',
    ]);
  });

  it('does not call lost what is still on its way or what retention removed', () => {
    const auditor = createAuditor();
    auditor.fates(fates([[1, 2, 'published']]));
    auditor.frame(frame(1));
    const audit = auditor.finish({ drained: false, retentionPassed: true });
    expect(audit).toMatchObject({ lost: 0, complaints: [], bus: { onBus: 1, expiredOnBus: 1 } });
  });

  it('counts the same detection twice as one and two different ones as doubled', () => {
    const auditor = soundRun();
    auditor.detection(detection(4));
    expect(auditor.finish(end).doubled).toBe(0);
    auditor.detection(detection(4, 0.1));
    expect(auditor.finish(end).doubled).toBe(1);
  });

  it('resolves two outcomes of one frame as analysed before superseded', () => {
    const auditor = soundRun();
    auditor.outcome(outcome(4, 'superseded'));
    expect(auditor.finish(end).cloud).toMatchObject({ analysed: 1, superseded: 1 });
  });

  it('reports frames without any trace as unknown after a crash, and complains when there was none', () => {
    for (const final of [false, true]) {
      const auditor = createAuditor();
      auditor.fates(
        fates(
          [
            [1, 1, 'stopped'],
            [4, 4, 'stopped'],
          ],
          final,
        ),
      );
      const audit = auditor.finish(end);
      expect(audit.unknownAtCrash).toBe(2);
      expect(audit.unknownFrames).toEqual([{ epoch: 'a/b/1', runs: [[2, 3]], lastSeq: 4 }]);
      expect(audit.complaints).toHaveLength(final ? 2 : 0);
    }
  });

  it('complains of an epoch that claims absurdly many frames, and goes on', () => {
    const auditor = soundRun();
    auditor.fates({ ...fates([[1, Number.MAX_SAFE_INTEGER, 'stopped']]), epoch: 2 });
    auditor.frame({ ...frame(Number.MAX_SAFE_INTEGER), epoch: 3 });
    const audit = auditor.finish({ ...end, drained: false });
    expect(audit.complaints).toHaveLength(2);
    expect(audit.edge.captured).toBe(5);
  });

  it('complains when a fate changes or contradicts the topic', () => {
    const auditor = createAuditor();
    auditor.fates(fates([[1, 1, 'stopped']], false));
    auditor.fates(fates([[1, 1, 'sampledOut']], false));
    auditor.frame(frame(1));
    const { complaints } = auditor.finish({ ...end, drained: false });
    expect(complaints).toEqual([
      'a/b/1/1 was stopped and then sampledOut',
      'a/b/1/1 was sampledOut and is on its topic',
    ]);
  });

  it('takes an unacknowledged frame that arrived all the same as published', () => {
    const auditor = createAuditor();
    auditor.fates(fates([[1, 2, 'discarded:unacknowledged']]));
    auditor.frame(frame(1));
    auditor.outcome(outcome(1, 'expired'));
    const audit = auditor.finish(end);
    expect(audit.complaints).toEqual([]);
    expect(audit.edge).toMatchObject({ published: 1, discarded: { unacknowledged: 1 } });
  });

  it('complains of analysed frames without detection and of detections of frames that were not analysed', () => {
    const auditor = createAuditor();
    auditor.fates(fates([[1, 2, 'published']]));
    auditor.outcome(outcome(1, 'analysed'));
    auditor.outcome(outcome(2, 'expired'));
    auditor.detection(detection(2));
    expect(auditor.finish(end).complaints).toEqual([
      'a/b/1/1 was analysed and has no detection',
      'a/b/1/2 has a detection and was not analysed',
    ]);
  });

  it('takes a frame as analysed whose detection came before another instance met it again, too late', () => {
    const auditor = createAuditor();
    auditor.fates(fates([[1, 1, 'published']]));
    auditor.frame(frame(1));
    auditor.detection(detection(1));
    auditor.outcome({ ...outcome(1, 'expired'), atUs: 3e6 });
    const audit = auditor.finish(end);
    expect(audit.complaints).toEqual([]);
    expect(audit.cloud).toMatchObject({ received: 1, analysed: 1, expired: 0 });
  });

  it('knows a frame in the spool, until a record, or its backfill topic, says what became of it', () => {
    const auditor = createAuditor();
    auditor.fates({ ...fates([[1, 1, 'stopped']]), spooled: [[2, 4]] });
    auditor.fates(fates([[3, 3, 'discarded:spoolAged']], false));
    auditor.frame(frame(4, 'backfill'));
    auditor.outcome(outcome(4, 'analysed'));
    auditor.detection(detection(4));
    const audit = auditor.finish(end);
    expect(audit.complaints).toEqual([]);
    expect(audit.unknownAtCrash).toBe(0);
    expect(audit.edge).toMatchObject({ captured: 4, stopped: 1, spooled: 1, backfilled: 1 });
  });

  it('takes a frame as sent that a killed site had sent and a later process dropped from its spool', () => {
    const auditor = createAuditor();
    auditor.fates(fates([[1, 1, 'backfilled']], false));
    auditor.fates(fates([[1, 1, 'discarded:spoolFull']], false));
    auditor.frame(frame(1, 'backfill'));
    auditor.outcome(outcome(1, 'superseded'));
    const audit = auditor.finish(end);
    expect([audit.complaints, audit.edge.backfilled]).toEqual([[], 1]);
  });
});
