import { describe, expect, it } from 'vitest';
import type { Slo } from './declaration.ts';
import { defaultDeclaration } from './default-declaration.ts';
import type { ProfilePoint } from '../profile/profile.ts';
import { reachable } from './reachable.ts';

const point = { framesPerSecond: 10, width: 1280, quality: 80, model: 'm', bytesPerFrame: 90_000 };
const fast: ProfilePoint = { ...point, framesPerSecond: 5, width: 416, accuracy: 0.6, serviceMs: 40 };
const exact: ProfilePoint = { ...point, accuracy: 1, serviceMs: 125 };
const profile = { name: 'yard', points: [fast, exact] };
const machine = { cores: 1 };

function problemsOf(...slos: readonly Pick<Slo, 'sli' | 'objective'>[]) {
  const whole = slos.map((slo, index) => ({
    name: `s${index}`,
    target: 0.95,
    windowSeconds: 60,
    scope: {},
    priority: 1,
    weight: 1,
    ...slo,
  }));
  return reachable({ ...defaultDeclaration(1), slos: whole }, profile, machine);
}

describe('what can be reached', () => {
  it('takes what the best setting keeps on an idle machine', () => {
    expect(problemsOf({ sli: 'latency', objective: 40 }, { sli: 'availability', objective: 1 })).toEqual([]);
    expect(reachable(defaultDeclaration(1), profile, machine)).toEqual([]);
  });

  it.each([
    ['latency', 30, 40],
    ['accuracy', 1.1, 1],
    ['frame-rate', 9, 8],
    ['goodput', 30, 25],
    ['freshness', 200, 240],
  ] satisfies [Slo['sli'], number, number][])(
    'names %s %d with the best that is possible, %d',
    (sli, objective, best) => {
      const [problem] = problemsOf({ sli, objective });
      expect(problem).toMatchObject({ kind: 'unreachable', slos: ['s0'], best });
      expect(problem?.message).toMatch(new RegExp(`SLO "s0".*profile "yard".*the best is ${best}`));
    },
  );

  it('names two objectives that only different settings keep, unless one may give way', () => {
    const slos = [
      { sli: 'latency', objective: 60 },
      { sli: 'accuracy', objective: 0.9 },
    ] as const;
    expect(problemsOf(...slos)).toMatchObject([{ kind: 'contradictory', slos: ['s0', 's1'], best: 0.6 }]);
    expect(problemsOf(slos[0], Object.assign({ priority: 2 }, slos[1]))).toEqual([]);
  });

  it('counts only what the levers allow', () => {
    const slo = { name: 'a', target: 0.9, windowSeconds: 60, scope: {}, priority: 1, weight: 1 };
    const narrow = {
      lever: 'resolution',
      scope: 'camera',
      steps: [416, 640],
      settleSeconds: 2,
      cost: 1,
    } as const;
    const declaration = {
      slos: [{ ...slo, sli: 'accuracy', objective: 0.9 } as const],
      levers: [narrow],
      dependencies: [],
    };
    expect(reachable(declaration, profile, machine)).toMatchObject([{ best: 0.6 }]);
  });
});
