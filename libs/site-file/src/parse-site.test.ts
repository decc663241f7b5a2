import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMistake } from '@framegate/yaml-file';
import { parseSite } from './parse-site.ts';
import { builtInDefaults } from './site-schema.ts';

const door = 'cameras:\n  - id: door\n    source: rtsp://192.0.2.1/1\n';

function mistakesIn(text: string, env: Record<string, string> = {}): string[] {
  const parsed = parseSite(text, 'site.yaml', env);
  return 'site' in parsed ? [] : parsed.mistakes.map(formatMistake);
}

function siteIn(text: string, env: Record<string, string> = {}) {
  const parsed = parseSite(text, 'site.yaml', env);
  if ('mistakes' in parsed) throw new Error(parsed.mistakes.map(formatMistake).join('\n'));
  return parsed.site;
}

describe('a site file', () => {
  it('needs no more than a site, and a camera with id and source', () => {
    const areas = { motionMasks: [], privacyMasks: [], zones: [] };
    expect(siteIn(`site: north\n${door}`)).toEqual({
      site: 'north',
      timezone: 'UTC',
      cameras: [{ id: 'door', source: 'rtsp://192.0.2.1/1', ...areas, ...builtInDefaults }],
    });
  });

  it("takes a camera's own setting over the file's defaults over the built-in ones, zero included", () => {
    const [camera] = siteIn(
      `site: north\ndefaults: { width: 640, keepAliveSeconds: 5 }\n${door}    keepAliveSeconds: 0\n`,
    ).cameras;
    expect(camera).toMatchObject({ width: 640, keepAliveSeconds: 0, quality: builtInDefaults.quality });
  });

  it('takes values from the environment, and shares an area by a YAML alias', () => {
    const area = '{ name: a, polygon: [[0, 0], [1, 0], [1, 1]] }';
    const text = `site: north\n${door.replace('192', '${USER}@192')}    zones: [&a ${area}]\n    motionMasks: [*a]\n`;
    const [camera] = siteIn(text, { USER: 'me' }).cameras;
    expect(camera?.source).toBe('rtsp://me@192.0.2.1/1');
    expect(camera?.motionMasks).toEqual(camera?.zones);
  });

  it('is refused with all its mistakes at once, in order, each at its line and column', () => {
    const text = `schema: framegate.site/2
site: North
timezone: Mars/Base
defaults: { framesPerSecond: 100, qualty: 3, classes: [persn] }
cameras:
  - id: door
    source: rtsp://\${USER}@192.0.2.1/1
    privacyMasks:
      - { name: tree, polygon: [[0, 0], [1, 1], [1, 0], [0, 1]] }
      - { name: tree, polygon: [[0, 0], [100, 1], [1, 0]] }
  - id: door
    source: rstp://192.0.2.1/1
    width: "1280"
    width: 1280
    zones: [{ name: gate, polygon: [[0, 0], [1, 1]] }]
  - objectiveMs: 1
`;
    const at = (place: string, message: string) => expect.stringContaining(`site.yaml:${place}: ${message}`);
    expect(mistakesIn(text)).toEqual([
      at('1:9', 'schema: unknown value "framegate.site/2": did you mean "framegate.site/1"?'),
      at('2:7', 'site: is "North": expected lower-case letters'),
      at('3:11', 'timezone: is unknown: expected an IANA time zone'),
      at('4:30', 'defaults, framesPerSecond: is 100: expected at most 60'),
      at('4:35', 'defaults: unknown key "qualty": did you mean "quality"?'),
      at('4:56', 'defaults, classes, item 1: unknown value "persn": did you mean "person"?'),
      at('7:13', 'camera "door", source: environment variable USER is not set: set it'),
      at('9:32', 'camera "door", privacy mask "tree", polygon: crosses itself'),
      at('10:17', 'camera "door", privacy mask "tree", name: "tree" is taken by an earlier one'),
      at('10:32', 'camera "door", privacy mask "tree", polygon: point 2 [100, 1] is outside the picture'),
      at('11:9', 'camera "door", id: "door" is taken by an earlier one'),
      at('12:13', 'camera "door", source: rstp://192.0.2.1/1: "rstp" is not a known kind of source'),
      at('14:5', 'the key "width" stands here for the second time'),
      at('15:36', 'camera "door", zone "gate", polygon: has 2 points'),
      at('16:5', 'camera 3, id: is missing: add it'),
      at('16:5', 'camera 3, source: is missing: add it'),
      at('16:18', 'camera 3, objectiveMs: is 1: expected at least 10'),
    ]);
  });

  it.each([
    ['an empty file', '', '1:1: is nothing: expected keys with values'],
    ['a list', '- a\n', '1:1: is a list: expected keys with values'],
    ['no cameras', 'site: a\ncameras: []\n', '2:10: cameras: is a list: expected at least 1 in the list'],
    ['cameras that are no list', 'site: a\ncameras: door\n', '2:10: cameras: is "door": expected a list'],
    ['a tab', 'site: a\ncameras:\n\t- id: b\n', '3:1: a tab indents this line: YAML takes spaces only'],
    ['a second document', `site: a\n${door}---\nsite: b\n`, '5:1: a second document starts here'],
    ['two pairs on one line', 'site: a: b\n', '1:7: a second "key: value" on one line'],
    ['an open quote', 'site: "a\n', ': Missing closing "quote'],
    ['a tag that nobody knows', `site: !place a\n${door}`, '1:7: Unresolved tag: !place'],
    [
      'no number',
      `site: a\n${door}    width: .nan\n`,
      '5:12: camera "door", width: is NaN: expected a number',
    ],
    [
      'aliases that multiply',
      `a: &a [${'1,'.repeat(99)}]\nb: &b [${'*a,'.repeat(99)}]\nc: [${'*b,'.repeat(99)}]\n`,
      '1:1: Excessive alias count',
    ],
    ['an alias to nothing', 'site: *a\n', '1:7: *a is defined nowhere above'],
    ['an alias to itself', 'site: &a [*a]\n', '1:11: *a contains itself'],
  ])('is refused for %s with a message of its own', (_what, text, message) => {
    expect(mistakesIn(text)[0]).toContain(message);
  });

  it('never shows a password, from the file or from the environment, whatever else is wrong', () => {
    const text = `site: north
cameras:
  - id: a
    source: ftp://admin:hunter2@cam
  - id: b
    source: { password: hunter2 }
  - id: c
    source: ftp://admin:hun/ter2@cam
  - id: d
    source: x://admin:\${SECRET}@cam
    width: \${SECRET}
    model: \${SECRET}
    classes: ["\${SECRET}"]
  - http://admin:hunter2@cam
`;
    const mistakes = mistakesIn(text, { SECRET: 'Hunter2!' });
    expect(mistakes).toHaveLength(8);
    expect(mistakes.join('\n')).not.toMatch(/hun\/?ter2/i);
  });

  it('never makes the parser throw, whatever it holds', () => {
    const lines = fc.constantFrom('site: a', 'cameras:', '  - id: b', '    source: c', '    zones: [', '&a [*a]', '? x', '\t', '- -', '<<: *a', '!!set {a}', '%X', '---', '${X}', '{[}]'); // prettier-ignore
    const texts = fc.oneof(
      fc.string(),
      fc.array(lines, { maxLength: 8 }).map((all) => all.join('\n')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        for (const mistake of mistakesIn(text)) expect(mistake).toMatch(/^site\.yaml:\d+:\d+: ./s);
      }),
    );
  });
});
