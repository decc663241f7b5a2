import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fate, Mail, MailKind } from './mail.ts';
import type { MailboxOptions } from './mailbox.ts';
import { createMailbox } from './mailbox.ts';

type Letter = Mail<number>;

let letters = 0;
function mail(cameraId: string, capturedAtUs: number, more: Partial<Letter> = {}): Letter {
  return { cameraId, kind: 'live', capturedAtUs, objectiveUs: 500_000, payload: letters++, ...more };
}

function open(options: Partial<MailboxOptions<number>> = {}) {
  const fates: { mail: Letter; fate: Fate }[] = [];
  const mailbox = createMailbox<number>({
    ...options,
    onFate: (lost, fate) => fates.push({ mail: lost, fate }),
  });
  return { mailbox, fates };
}

describe('live frames', () => {
  test('the newest frame of a camera replaces the one that waits', () => {
    const { mailbox, fates } = open();
    const [older, newer] = [mail('a/1', 0), mail('a/1', 100)];
    mailbox.offer(older, 10);
    mailbox.offer(newer, 110);
    expect(fates).toEqual([{ mail: older, fate: 'superseded' }]);
    expect(mailbox.take(8, 120, 50)).toEqual([newer]);
  });

  test('a frame that comes after a newer one of its camera is superseded at once', () => {
    const { mailbox, fates } = open();
    const [older, newer] = [mail('a/1', 0), mail('a/1', 100)];
    mailbox.offer(newer, 110);
    mailbox.take(1, 110, 50);
    mailbox.offer(older, 120);
    expect(fates).toEqual([{ mail: older, fate: 'superseded' }]);
    expect(mailbox.size()).toBe(0);
  });

  test('a restarted camera whose clock went back is heard', () => {
    const { mailbox } = open();
    mailbox.offer(mail('a/1', 1000, { epoch: 1 }), 1000);
    mailbox.take(1, 1000, 50);
    const restarted = mail('a/1', 400, { epoch: 2 });
    mailbox.offer(restarted, 1100);
    expect(mailbox.take(1, 1100, 50)).toEqual([restarted]);
  });

  test('a camera is heard on after its times went back with the clock of its site', () => {
    const { mailbox, fates } = open();
    mailbox.offer(mail('a/1', 5_000_000, { seq: 1 }), 0);
    mailbox.take(1, 0, 50);
    const next = mail('a/1', 100_000, { seq: 2 });
    mailbox.offer(next, 100_000);
    expect(mailbox.take(1, 100_000, 50)).toEqual([next]);
    const older = mail('a/1', 6_000_000, { seq: 1 });
    mailbox.offer(older, 200_000);
    expect(fates).toEqual([{ mail: older, fate: 'superseded' }]);
  });

  test('a frame that would miss its objective expires before work is spent', () => {
    const { mailbox, fates } = open();
    const late = mail('a/1', 0);
    mailbox.offer(late, 0);
    expect(mailbox.take(1, 460_000, 50_000)).toEqual([]);
    expect(fates).toEqual([{ mail: late, fate: 'expired' }]);
  });

  test('a frame that just meets its objective is taken', () => {
    const { mailbox } = open();
    mailbox.offer(mail('a/1', 0), 0);
    expect(mailbox.take(1, 450_000, 50_000)).toHaveLength(1);
  });

  test('a frame that is late only if the clock offset is right is kept', () => {
    const { mailbox } = open({ clockUncertaintyUs: (cameraId) => (cameraId === 'a/1' ? 20_000 : 0) });
    const unsure = mail('a/1', 0);
    mailbox.offer(unsure, 0);
    mailbox.offer(mail('b/1', 0), 0);
    expect(mailbox.take(8, 460_000, 50_000)).toEqual([unsure]);
  });

  test('the freshest frame goes first among cameras that were served alike', () => {
    const { mailbox } = open();
    for (const [index, cameraId] of ['a/1', 'a/2', 'a/3'].entries())
      mailbox.offer(mail(cameraId, index * 10_000), index * 10_000);
    expect(mailbox.take(2, 30_000, 50_000).map(({ cameraId }) => cameraId)).toEqual(['a/3', 'a/2']);
  });

  test('twice the weight gets twice the frames', () => {
    const { mailbox } = open();
    const served = new Map<string, number>();
    for (let now = 1; now <= 300; now++) {
      mailbox.offer(mail('a/1', now, { weight: 2 }), now);
      mailbox.offer(mail('a/2', now), now);
      for (const { cameraId } of mailbox.take(1, now, 50))
        served.set(cameraId, (served.get(cameraId) ?? 0) + 1);
    }
    expect(served.get('a/1')).toBeGreaterThanOrEqual(196);
    expect(served.get('a/2')).toBeGreaterThanOrEqual(96);
  });

  test('a camera that was silent for long does not shut the others out when it returns', () => {
    const { mailbox } = open({ creditFrames: 2 });
    mailbox.offer(mail('quiet/1', 0), 0);
    mailbox.take(1, 0, 50);
    const taken: string[] = [];
    for (let now = 1; now <= 200; now++) {
      mailbox.offer(mail('busy/1', now), now);
      if (now > 100) mailbox.offer(mail('quiet/1', now), now);
      taken.push(...mailbox.take(1, now, 50).map(({ cameraId }) => cameraId));
    }
    expect(taken.slice(100, 110)).toContain('busy/1');
  });
});

describe('patience', () => {
  const rhythm = (options: Partial<MailboxOptions<number>>) => {
    const { mailbox } = open(options);
    for (let at = 0; at < 1_000_000; at += 100_000) {
      mailbox.offer(mail('a/1', at), at);
      mailbox.take(1, at, 50_000);
    }
    mailbox.offer(mail('a/1', 1_000_000), 1_000_000);
    return mailbox;
  };

  test('a frame whose successor is due soon waits for it, until that time and no longer', () => {
    const mailbox = rhythm({ patient: true });
    expect(mailbox.take(1, 1_090_000, 50_000)).toEqual([]);
    expect(mailbox.waitUntilUs()).toBe(1_100_000);
    expect(mailbox.take(1, 1_100_000, 50_000)).toHaveLength(1);
    expect(mailbox.waitUntilUs()).toBeNull();
  });

  test('a frame whose successor is far is taken', () => {
    expect(rhythm({ patient: true }).take(1, 1_020_000, 50_000)).toHaveLength(1);
  });

  test('a mailbox that is not patient never holds mail back', () => {
    expect(rhythm({}).take(1, 1_090_000, 50_000)).toHaveLength(1);
  });
});

describe('mail without a deadline', () => {
  test('runs only when no live frame waits, one at a time, backfill last', () => {
    const { mailbox } = open();
    const kinds: MailKind[] = ['backfill', 'live', 'keepalive', 'preroll'];
    for (const kind of kinds) mailbox.offer(mail('a/1', 10, { kind }), 10);
    const order = kinds.flatMap(() => mailbox.take(8, 20, 50).map(({ kind }) => kind));
    expect(order).toEqual(['live', 'keepalive', 'preroll', 'backfill']);
  });

  test('never expires', () => {
    const { mailbox, fates } = open();
    mailbox.offer(mail('a/1', 0, { kind: 'backfill' }), 0);
    expect(mailbox.take(1, 3_600e6, 50_000)).toHaveLength(1);
    expect(fates).toEqual([]);
  });

  test('above its bound the oldest backfill gives way, then the oldest of the rest', () => {
    const { mailbox, fates } = open({ maxSpare: 2 });
    const offered = (['keepalive', 'backfill', 'keepalive', 'keepalive'] as const).map((kind, at) =>
      mail('a/1', at, { kind }),
    );
    for (const letter of offered) mailbox.offer(letter, 10);
    expect(fates.map((lost) => lost.mail)).toEqual([offered[1], offered[0]]);
  });
});

describe('a lossless mailbox', () => {
  test('hands out everything, in order within a camera and the cameras in turn', () => {
    const { mailbox, fates } = open({ lossless: true });
    for (const [cameraId, capturedAtUs] of [
      ['a/1', 1],
      ['a/1', 2],
      ['a/1', 3],
      ['a/2', 1],
    ] as const)
      mailbox.offer(mail(cameraId, capturedAtUs), capturedAtUs);
    const taken = mailbox
      .take(8, 3_600e6, 50)
      .map(({ cameraId, capturedAtUs }) => `${cameraId}@${capturedAtUs}`);
    expect(taken).toEqual(['a/1@1', 'a/2@1', 'a/1@2', 'a/1@3']);
    expect(fates).toEqual([]);
  });
});

test('a mailbox tells what it holds and gives it all up when drained', () => {
  for (const lossless of [false, true]) {
    const { mailbox } = open({ lossless });
    expect(mailbox.headAgeUs(0)).toBeNull();
    mailbox.offer(mail('a/1', 10), 10);
    mailbox.offer(mail('a/1', 10, { kind: 'backfill' }), 15);
    mailbox.offer(mail('a/2', 20), 20);
    expect(mailbox.headAgeUs(50)).toBe(40);
    expect(mailbox.depthByCamera()).toEqual(
      new Map([
        ['a/1', 2],
        ['a/2', 1],
      ]),
    );
    expect(mailbox.drain()).toHaveLength(3);
    expect(mailbox.size()).toBe(0);
    expect(mailbox.take(8, 60, 50)).toEqual([]);
  }
});

test('nonsense is refused with its name and value', () => {
  const { mailbox } = open();
  expect(() => mailbox.offer(mail('a/1', 0, { weight: 0 }), 0)).toThrow('weight of a/1 is 0');
  expect(() => mailbox.offer(mail('a/1', NaN), 0)).toThrow('capturedAtUs of a/1 is NaN');
  expect(() => open({ creditFrames: 0 })).toThrow('creditFrames is 0');
});

describe('whatever is offered and taken', () => {
  const step = fc.record({
    camera: fc.integer({ min: 0, max: 4 }),
    kind: fc.constantFrom<MailKind>('live', 'live', 'live', 'preroll', 'keepalive', 'backfill'),
    captureDelayUs: fc.integer({ min: 0, max: 300_000 }),
    gapUs: fc.integer({ min: 0, max: 60_000 }),
    take: fc.integer({ min: 0, max: 3 }),
  });
  const options = fc.record({ patient: fc.boolean(), creditFrames: fc.integer({ min: 1, max: 5 }) });

  test('every mail ends once, and no frame is taken after a newer one of its camera', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), options, (steps, policy) => {
        const { mailbox, fates } = open({ ...policy, maxSpare: 5 });
        const offered: Letter[] = [];
        const taken: Letter[] = [];
        let nowUs = 0;
        for (const { camera, kind, captureDelayUs, gapUs, take } of steps) {
          nowUs += gapUs;
          const letter = mail(`a/${camera}`, nowUs - captureDelayUs, { kind, objectiveUs: 250_000 });
          offered.push(letter);
          mailbox.offer(letter, nowUs);
          const batch = mailbox.take(take, nowUs, 50_000);
          expect(new Set(batch.map(({ cameraId }) => cameraId)).size).toBe(batch.length);
          taken.push(...batch);
        }
        const held = mailbox.size();
        const ended = [...taken, ...fates.map((lost) => lost.mail), ...mailbox.drain()];
        expect(ended).toHaveLength(taken.length + fates.length + held);
        expect(ended.map(({ payload }) => payload).toSorted((a, b) => a - b)).toEqual(
          offered.map(({ payload }) => payload),
        );
        for (const cameraId of new Set(taken.map((letter) => letter.cameraId))) {
          const times = taken
            .filter((letter) => letter.cameraId === cameraId && letter.kind === 'live')
            .map(({ capturedAtUs }) => capturedAtUs);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  test('of cameras that always wait none is served more than its credit ahead', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 20, maxLength: 200 }),
        (cameras, creditFrames, delays) => {
          const { mailbox } = open({ creditFrames });
          const served = Array.from({ length: cameras }, () => 0);
          let nowUs = 0;
          for (const delay of delays) {
            nowUs += 50_000;
            // Camera 0 always has the freshest frame: newest first alone would serve no other.
            for (let camera = cameras - 1; camera >= 0; camera--) {
              const atUs = nowUs - (camera === 0 ? 0 : delay);
              mailbox.offer(mail(`a/${camera}`, atUs), atUs);
            }
            for (const { cameraId } of mailbox.take(1, nowUs, 1)) {
              const camera = Number(cameraId.slice(2));
              served[camera] = (served[camera] ?? 0) + 1;
            }
            expect(Math.max(...served) - Math.min(...served)).toBeLessThanOrEqual(creditFrames);
          }
        },
      ),
    );
  });
});

test('ten thousand cameras take turns', () => {
  const { mailbox } = open();
  const served = new Set<string>();
  for (let camera = 0; camera < 10_000; camera++) mailbox.offer(mail(`a/${camera}`, camera), camera);
  while (mailbox.size() > 0)
    for (const { cameraId } of mailbox.take(200, 10_000, 50)) {
      expect(served.has(cameraId)).toBe(false);
      served.add(cameraId);
    }
  expect(served.size).toBe(10_000);
});
