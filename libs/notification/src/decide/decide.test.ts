import type { Appearance } from '@framegate/history-store';
import { describe, expect, it } from 'vitest';
import type { AppearanceRule, SilenceRule, StoredRule } from '../rule.ts';
import { ruleSchema } from '../rule.ts';
import { createDecider } from './decide.ts';

const t0Us = 1_767_225_600e6;
const second = (seconds: number): number => t0Us + seconds * 1e6;
const common = {
  name: 'Yard',
  enabled: true,
  cameras: [],
  channels: ['hook'],
  schedule: null,
  coolDownSeconds: 0,
};

const appearanceRule = (change: Partial<AppearanceRule> = {}, silencedUntilUs = 0): StoredRule => ({
  id: 'r1',
  silencedUntilUs,
  rule: { ...common, kind: 'appearance', classes: [], zones: [], minScore: 0, dwellSeconds: 0, ...change },
});
const silenceRule = (change: Partial<SilenceRule> = {}): StoredRule => ({
  id: 's1',
  silencedUntilUs: 0,
  rule: { ...common, kind: 'silence', silentSeconds: 30, ...change },
});
const box = [1, 2, 3, 4] as const;
const appearance = (change: Partial<Appearance> = {}): Appearance => ({
  id: 'north.gate.1.1.0',
  cameraId: 'north/gate',
  className: 'person',
  startUs: second(0),
  endUs: second(1),
  open: true,
  detections: 5,
  bestScore: 0.8,
  bestAtUs: second(0),
  box,
  firstBox: box,
  lastBox: box,
  sourceWidth: 1280,
  sourceHeight: 720,
  zones: ['yard'],
  ...change,
});

describe('what somebody is told of', () => {
  it('is each appearance that fits, once', () => {
    const decider = createDecider(t0Us);
    const rules = [appearanceRule({ classes: ['person'], zones: ['yard'], minScore: 0.5 })];
    expect(decider.appearance(appearance(), rules, second(1))).toEqual([
      {
        id: 'r1.north.gate.1.1.0',
        ruleId: 'r1',
        ruleName: 'Yard',
        kind: 'appearance',
        cameraId: 'north/gate',
        text: 'person at north/gate (yard)',
        atUs: second(1),
        className: 'person',
        zones: ['yard'],
        score: 0.8,
        appearanceId: 'north.gate.1.1.0',
      },
    ]);
    expect(decider.appearance(appearance({ endUs: second(2) }), rules, second(2))).toEqual([]);
    expect(decider.appearance(appearance({ id: 'other' }), rules, second(2))).toHaveLength(1);
  });

  it.each([
    ['another class', { classes: ['car'] }],
    ['another zone', { zones: ['door'] }],
    ['a higher score', { minScore: 0.9 }],
    ['another camera', { cameras: ['north/door'] }],
    ['more time', { dwellSeconds: 2 }],
    ['to be off', { enabled: false }],
    ['other hours', { schedule: { timeZone: 'UTC', days: [], from: '08:00', until: '17:00' } }],
  ])('is not what a rule does not want: %s', (_, change) => {
    expect(createDecider(t0Us).appearance(appearance(), [appearanceRule(change)], second(1))).toEqual([]);
  });

  it('waits until somebody has been there for long enough', () => {
    const decider = createDecider(t0Us);
    const rules = [appearanceRule({ dwellSeconds: 20 })];
    expect(decider.appearance(appearance({ endUs: second(19) }), rules, second(19))).toEqual([]);
    expect(decider.appearance(appearance({ endUs: second(21) }), rules, second(21))).toMatchObject([
      { text: 'person at north/gate (yard) for 21 s' },
    ]);
  });

  it('is not told too often of one camera, and not while it is silenced', () => {
    const decider = createDecider(t0Us);
    const rules = [appearanceRule({ coolDownSeconds: 60 })];
    const see = (id: string, atS: number, of = rules, cameraId = 'north/gate') =>
      decider.appearance(appearance({ id, cameraId }), of, second(atS)).length;
    expect([see('a', 0), see('b', 59), see('c', 59, rules, 'north/door'), see('d', 60)]).toEqual([
      1, 0, 1, 1,
    ]);
    const silenced = [appearanceRule({}, second(100))];
    expect([see('e', 99, silenced, 'a/b'), see('e', 100, silenced, 'a/b')]).toEqual([0, 1]);
  });

  it('is a camera of which nothing is heard, once each time', () => {
    const decider = createDecider(t0Us);
    const rules = [silenceRule()];
    decider.silence.heard('north/gate', second(0), 7);
    expect(decider.second(rules, second(29))).toEqual([]);
    expect(decider.second(rules, second(31))).toMatchObject([
      {
        kind: 'silence',
        cameraId: 'north/gate',
        text: 'Nothing was heard of north/gate for 30 s',
        atUs: second(30),
      },
    ]);
    expect(decider.second(rules, second(90))).toEqual([]);
    decider.silence.heard('north/gate', second(91), 8);
    expect(decider.second(rules, second(92))).toEqual([]);
    expect(decider.second(rules, second(122))).toHaveLength(1);
  });

  it('is one thing to all who heard the camera last, whenever each of them did', () => {
    const ids = [0, 0.4].map((heardAfter) => {
      const decider = createDecider(t0Us);
      decider.silence.heard('north/gate', second(heardAfter), 7);
      return decider.second([silenceRule()], second(40))[0]?.id;
    });
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).toContain('north.gate.7');
  });

  it('is a camera that was silent before anybody listened, as late as the rule asks', () => {
    const decider = createDecider(t0Us);
    decider.silence.known(['north/gate'], second(0));
    expect(decider.second([silenceRule()], second(29))).toEqual([]);
    expect(decider.second([silenceRule()], second(30))).toMatchObject([{ cameraId: 'north/gate' }]);
  });

  it('is no camera that comes back while it is listened for, and none that is gone', () => {
    const decider = createDecider(second(100));
    decider.silence.known(['north/gate', 'north/door'], second(100));
    const since = { sinceUs: second(0), mark: 7, told: [] };
    decider.silence.agree({ 'north/gate': since, 'north/door': since }, second(100));
    expect(decider.second([silenceRule()], second(101))).toEqual([]);
    decider.silence.heard('north/gate', second(102), 8);
    decider.silence.known(['north/gate'], second(103));
    expect(decider.second([silenceRule()], second(111))).toEqual([]);
  });

  it('is the console itself while no broker answers, and no camera that it can not hear', () => {
    const decider = createDecider(t0Us);
    const rules = [silenceRule(), { ...silenceRule({ cameras: ['north/door'] }), id: 's2' }];
    decider.silence.heard('north/gate', second(95), 7);
    decider.hears(false, second(100));
    expect(decider.second(rules, second(129))).toEqual([]);
    const told = decider.second(rules, second(130));
    expect(told).toMatchObject([
      { ruleId: 's1', kind: 'cut-off', text: expect.stringContaining('hears no camera') },
      { ruleId: 's2', kind: 'cut-off' },
    ]);
    // One thing, so that a channel of both rules tells it once.
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    decider.hears(false, second(131));
    expect(decider.second(rules, second(600))).toEqual([]);
  });

  it('is a silence counted anew once a broker answers again', () => {
    const decider = createDecider(t0Us);
    for (const camera of ['north/gate', 'north/door']) decider.silence.heard(camera, second(90), 7);
    decider.silence.agree({}, second(99));
    decider.hears(false, second(100));
    decider.hears(true, second(1000));
    decider.silence.heard('north/door', second(1001), 8);
    // Nor does what others kept before.
    const since = { sinceUs: second(90), mark: 6, told: [] };
    decider.silence.agree({ 'north/gate': since }, second(1005));
    expect(decider.second([silenceRule()], second(1029))).toEqual([]);
    expect(decider.second([silenceRule()], second(1030))).toMatchObject([
      { kind: 'silence', cameraId: 'north/gate' },
    ]);
  });

  it('is no silence that was told before a broker was away', () => {
    const decider = createDecider(t0Us);
    decider.silence.heard('north/gate', second(0), 7);
    expect(decider.second([silenceRule()], second(40))).toHaveLength(1);
    decider.hears(false, second(50));
    decider.hears(true, second(60));
    expect(decider.second([silenceRule()], second(600))).toEqual([]);
  });

  it('may be told when the cool-down of another console is over', () => {
    const decider = createDecider(t0Us);
    const rules = [appearanceRule({ coolDownSeconds: 60 })];
    const [told] = decider.appearance(appearance(), rules, second(50));
    decider.refused(told!, second(10));
    expect(decider.appearance(appearance(), rules, second(69))).toEqual([]);
    expect(decider.appearance(appearance(), rules, second(70))).toHaveLength(1);
  });

  it('is an old silence by a new rule, told as news', () => {
    const decider = createDecider(t0Us);
    decider.silence.heard('north/gate', second(0), 7);
    decider.second([], second(3599));
    expect(decider.second([silenceRule()], second(3600))).toMatchObject([{ atUs: second(3599) }]);
  });
});

describe('a rule', () => {
  const rule = appearanceRule().rule;
  it.each([
    ['no name', { name: ' ' }],
    ['no channel', { channels: [] }],
    ['a zone that is none', { schedule: { timeZone: 'Mars/Base', days: [], from: '00:00', until: '01:00' } }],
    ['an hour that is none', { schedule: { timeZone: 'UTC', days: [], from: '24:00', until: '01:00' } }],
    ['an eighth day', { schedule: { timeZone: 'UTC', days: [8], from: '00:00', until: '01:00' } }],
    ['a camera that is none', { cameras: ['gate'] }],
    ['a score above 1', { minScore: 1.1 }],
    ['no kind', { kind: 'other' }],
  ])('is refused with %s', (_, change) => {
    expect(ruleSchema.safeParse(rule).success).toBe(true);
    expect(ruleSchema.safeParse({ ...rule, ...change }).success).toBe(false);
  });
});
