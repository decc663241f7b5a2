/**
 * The motion gate on trial scenes with exact truth: what it sees, what it imagines, what it costs.
 * `pnpm bench gate [--only ours] [--conditions rain,snow] [--subjects walkers] [--seeds 101-103] [--codings raw,h264]
 * [--seconds 60] [--cache DIR] [--curves] [--workers 2] [--json]`
 */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchOptions } from './bench-options.ts';
import { codings, framesPerSecond } from './gate/clips/clip.ts';
import { trialConditions as conditions } from '@framegate/scene';
import { parseSeeds, percent } from './gate/numbers.ts';
import type { FamilyResult } from './gate/results/family-result.ts';
import { sceneVersion } from './gate/results/versions.ts';
import { judgeScenes } from './gate/scene-pool.ts';
import { ratesOf } from './gate/scoring/rates.ts';

const flags = benchOptions({
  only: { type: 'string', default: 'ours' },
  conditions: { type: 'string', default: conditions.join(',') },
  subjects: { type: 'string', default: 'walkers' },
  seeds: { type: 'string', default: '101-103' },
  codings: { type: 'string', default: 'raw' },
  seconds: { type: 'string', default: '60' },
  cache: { type: 'string' },
  curves: { type: 'boolean', default: false },
  workers: { type: 'string', default: '2' },
  json: { type: 'boolean', default: false },
});

const wantedCodings = codings.filter((coding) => flags.codings.split(',').includes(coding));
const version = sceneVersion();
if (flags.cache !== undefined) mkdirSync(flags.cache, { recursive: true });
const tasks = flags.conditions.split(',').flatMap((condition) =>
  flags.subjects.split(',').flatMap((subject) =>
    parseSeeds(flags.seeds).map((seed) => ({
      condition,
      subject,
      seed,
      frames: Number(flags.seconds) * framesPerSecond,
      wanted: {
        raw: wantedCodings.includes('raw') ? (['ours'] as const) : [],
        h264: wantedCodings.includes('h264') ? (['ours'] as const) : [],
      },
      curves: flags.curves,
      python: null,
      planeFolder: flags.cache ?? null,
      sceneVersion: version,
      codedPath: join(tmpdir(), `framegate-bench-${process.pid}-${condition}-${subject}-${seed}.mkv`),
      keepCoded: false,
    })),
  ),
);
const results: FamilyResult[] = [];
await judgeScenes(tasks, Number(flags.workers), (_, judged) => {
  results.push(...judged);
  return Promise.resolve();
});

const rows = flags.conditions.split(',').flatMap((condition) =>
  flags.subjects.split(',').flatMap((subject) =>
    wantedCodings.map((coding) => {
      const of = results.filter(
        ({ clip }) => clip.condition === condition && clip.subject === subject && clip.coding === coding,
      );
      const clips = of.map(({ clip, isEmpty, passages, gates }) => {
        const gate = gates.find(({ isDefault }) => isDefault);
        if (!gate) throw new Error('no default setting');
        return { framesPerSecond: clip.framesPerSecond, isEmpty, passages, ...gate };
      });
      const cpuMs = clips.reduce((sum, clip) => sum + (clip.cpuMs ?? 0), 0) / clips.length;
      return { condition, subject, coding, cpuMs, ...ratesOf(clips, clips[0]?.threshold ?? 0) };
    }),
  ),
);
if (flags.json)
  console.log(JSON.stringify({ schema: 'framegate.report/1', kind: 'bench', results: rows }, null, 2));
else {
  console.log(
    'condition         subject       coding  events in 0.5 s   95 %           ever | empty  false   95 %         | passed  IoU  CPU ms',
  );
  for (const row of rows) {
    const { recall, recallEver, falsePositives: wrong, passed, regionIou } = row;
    const range = ({ low, high }: typeof recall) => `${percent(low)}-${percent(high)}`;
    console.log(
      [
        row.condition.padEnd(18), row.subject.padEnd(14), row.coding.padEnd(6),
        String(recall.count).padStart(8), percent(recall.share).padStart(9), `  ${range(recall).padEnd(13)}`, percent(recallEver.share).padStart(8), ' |',
        String(wrong.count).padStart(6), percent(wrong.share).padStart(7), `  ${range(wrong).padEnd(12)}`, ' |',
        percent(passed.share).padStart(7), (regionIou ?? 0).toFixed(2).padStart(5), row.cpuMs.toFixed(2).padStart(8),
      ].join(''), // prettier-ignore
    );
  }
}
