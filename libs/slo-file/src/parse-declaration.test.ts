import { formatMistake } from '@framegate/yaml-file';
import { describe, expect, it } from 'vitest';
import { parseDeclaration } from './parse-declaration.ts';

const machine = { cores: 4, partitions: 8 };
const head = 'schema: framegate.slo/1\n';
const latency = `${head}slos:\n  - { name: fast, sli: latency, objective: 500 }\n`;

function mistakesIn(text: string): string[] {
  const parsed = parseDeclaration(text, 'slo.yaml', machine);
  return 'declaration' in parsed ? [] : parsed.mistakes.map(formatMistake);
}

function declarationIn(text: string) {
  const parsed = parseDeclaration(text, 'slo.yaml', machine);
  if ('mistakes' in parsed) throw new Error(parsed.mistakes.map(formatMistake).join('\n'));
  return parsed.declaration;
}

describe('a declaration', () => {
  it('needs no more than an SLO with its SLI and objective', () => {
    const { slos, levers, dependencies } = declarationIn(latency);
    const filled = { target: 0.95, windowSeconds: 60, scope: {}, priority: 1, weight: 1 };
    expect(slos).toEqual([{ name: 'fast', sli: 'latency', objective: 500, ...filled }]);
    expect(levers.map(({ lever }) => lever)).toContain('frame-rate');
    expect(dependencies).toEqual([]);
  });

  it('takes a range of settings for a list of them, both ends included', () => {
    const { levers } = declarationIn(
      `${latency}levers:\n  - { lever: frame-rate, range: { from: 1, to: 10, step: 4 } }\n  - { lever: model, steps: [a, b] }\n`,
    );
    expect(levers).toEqual([
      { lever: 'frame-rate', scope: 'camera', steps: [1, 5, 9, 10], settleSeconds: 2, cost: 1 },
      { lever: 'model', scope: 'camera', steps: ['a', 'b'], settleSeconds: 5, cost: 1 },
    ]);
  });

  it('keeps a class of cameras and the SLO that is about it', () => {
    const { slos, cameraClasses } = declarationIn(
      `${head}slos: [{ name: doors, sli: latency, objective: 300, scope: { class: entrance } }]\nclasses: { entrance: [north/door*] }\n`,
    );
    expect(slos[0]?.scope).toEqual({ cameraClass: 'entrance' });
    expect(cameraClasses).toEqual({ entrance: ['north/door*'] });
  });

  it('is refused with all its mistakes at once, in order, each at its line and column', () => {
    const text = `schema: framegate.slo/2
slos:
  - { name: a, sli: latncy, objective: 500 }
  - { name: b, sli: latency, objective: -5 }
  - { name: c, sli: latency, objective: .nan, target: 1 }
  - { name: d, sli: accuracy, objective: 95 }
  - { name: e, sli: latency, objective: 500, scope: { class: entrace } }
  - { name: f, sli: latency, objective: 500 }
  - { name: g, sli: latency, objective: 300 }
  - { name: g, sli: freshness, objective: 900, prioriti: 2 }
classes:
  entrance: [door]
levers:
  - { lever: frame-rat, steps: [1] }
  - { lever: frame-rate, steps: [5, 2] }
  - { lever: inference-workers, range: { from: 1, to: 64 } }
  - { lever: replicas, steps: [1, 99] }
  - { lever: jpeg-quality }
  - { lever: batch, steps: [1.5] }
  - { lever: batch, steps: [2], range: { from: 4, to: 1 } }
  - { lever: resolution, steps: [.nan], settleSeconds: -1 }
dependencies:
  - { from: motion-detection@north, to: uplink@north }
  - { from: uplink@north, to: broker }
  - { from: broker, to: motion-detection@north }
  - { from: broker, to: broker }
`;
    const at = (place: string, message: string) => expect.stringContaining(`slo.yaml:${place}: ${message}`);
    expect(mistakesIn(text)).toEqual([
      at('1:9', 'schema: unknown value "framegate.slo/2": did you mean "framegate.slo/1"?'),
      at('3:21', 'SLO "a", sli: unknown value "latncy": did you mean "latency"?'),
      at('4:41', 'SLO "b", objective: is -5: expected more than 0'),
      at('5:41', 'SLO "c", objective: is NaN: expected a number'),
      at('5:55', 'SLO "c", target: is 1: expected less than 1'),
      at('6:42', 'SLO "d", objective: is 95: accuracy is a share, expected at most 1'),
      at('7:62', 'SLO "e", scope, class: unknown class "entrace": did you mean "entrance"?'),
      at('9:41', 'SLO "g", objective: is 300, but SLO "f" with the same SLI, target, scope and priority'),
      at('10:13', 'SLO "g", name: "g" is taken by an earlier one'),
      at('10:48', 'SLO "g": unknown key "prioriti": did you mean "priority"?'),
      at('12:14', 'classes, entrance, item 1: is "door": expected <site>/<camera>'),
      at('14:14', 'lever "frame-rat", lever: unknown value "frame-rat": did you mean "frame-rate"?'),
      at('15:37', 'lever "frame-rate", steps, item 2: 2 comes after 5'),
      at('16:55', 'lever "inference-workers", range, to: is 64: inference-workers takes a whole number from 1 to 4 workers on the 4 cores of this machine'), // prettier-ignore
      at('17:35', 'lever "replicas", steps, item 2: is 99: replicas takes a whole number from 1 to 8'),
      at('18:5', 'lever "jpeg-quality": has no settings'),
      at('19:29', 'lever "batch", steps, item 1: is 1.5: batch takes a whole number from 1 to 64'),
      at('20:14', 'lever "batch", lever: is declared above already'),
      at('20:40', 'lever "batch", range: stands beside steps'),
      at('20:40', 'lever "batch", range: ends at 1, before its start 4'),
      at('21:34', 'lever "resolution", steps, item 1: is NaN: expected a number, or the name of a model'),
      at('21:56', 'lever "resolution", settleSeconds: is -1: expected at least 0'),
      at('25:5', 'dependency 3: closes a cycle: broker -> motion-detection@north -> uplink@north -> broker'),
      at('26:5', 'dependency 4: closes a cycle: broker -> broker'),
    ]);
  });

  it.each([
    ['an empty file', '', 'is nothing: expected keys with values'],
    ['no SLO', `${head}slos: []\n`, 'slos: is a list: expected at least 1 in the list'],
    ['no version', latency.replace(head, ''), 'schema: is missing: add it'],
    ['a second document', `${latency}---\n${latency}`, 'a second document starts here'],
  ])('is refused for %s with a message of its own', (_what, text, message) => {
    expect(mistakesIn(text)[0]).toContain(message);
  });
});
