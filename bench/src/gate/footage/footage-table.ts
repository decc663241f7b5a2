import type { Section } from '@framegate/report-page';
import { percent } from '../table/goals.ts';
import type { FootageRow } from './judge-footage.ts';

export function footageText(rows: readonly FootageRow[]): string {
  if (rows.length === 0) return '';
  const head =
    'real clips                        frames  with people  passed  appearances seen  seconds alike';
  const lines = rows.map(({ clip, frames, withPeople, passed, appearances, seconds }) =>
    [
      `  ${clip}`.padEnd(34),
      String(frames).padStart(6),
      percent(withPeople.share).padStart(13),
      percent(passed.share).padStart(8),
      `${appearances.hits} of ${appearances.count}`.padStart(18),
      percent(seconds.share).padStart(15),
    ].join(''),
  );
  return [head, ...lines].join('\n');
}

export function footageSection(rows: readonly FootageRow[]): Section {
  return {
    heading: 'Real clips',
    blocks: [
      {
        kind: 'table',
        caption: 'What of real clips still arrives, by YOLOX-nano on every frame',
        columns: [
          { label: 'clip' },
          { label: 'frames' },
          { label: 'with people', format: '.1%' },
          { label: 'passed', format: '.1%' },
          { label: 'appearances seen', format: '.1%' },
          { label: 'seconds alike', format: '.1%' },
        ],
        groups: [
          {
            rows: rows.map(({ clip, frames, withPeople, passed, appearances, seconds }) => [
              clip,
              frames,
              withPeople.share,
              passed.share,
              appearances.share,
              seconds.share,
            ]),
          },
        ],
      },
    ],
  };
}
