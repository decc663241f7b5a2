import type { FoundAppearance } from '@framegate/history-store';
import { describe, expect, it } from 'vitest';
import { csvCell, exportCsv, exportJson } from './export-events.ts';

const found = (fields: Partial<FoundAppearance> = {}): FoundAppearance => ({
  id: 'north.gate.1.2.0',
  cameraId: 'north/gate',
  className: 'person',
  // 2026-07-01T22:30:00Z
  startUs: 1_782_945_000e6,
  endUs: 1_782_945_012.34e6,
  open: false,
  detections: 9,
  bestScore: 0.87654,
  bestAtUs: 1_782_945_000e6,
  box: [-1.4, 2, 30, 80],
  firstBox: [1, 2, 30, 80],
  lastBox: [1, 2, 30, 80],
  sourceWidth: 1280,
  sourceHeight: 720,
  zones: ['yard'],
  hasThumbnail: false,
  ...fields,
});

const optionsOf = (pages: FoundAppearance[][]) => ({
  query: {},
  timezoneOf: () => 'Europe/Berlin',
  store: {
    findAppearances: async ({ cursor = '0' }: { cursor?: string | undefined }) => {
      const page = Number(cursor);
      return { items: pages[page] ?? [], next: page + 1 < pages.length ? String(page + 1) : null };
    },
  },
});

describe('an export', () => {
  it('holds every event of every page once, in UTC and as the site has it', async () => {
    const lines = (await Array.fromAsync(exportCsv(optionsOf([[found()], [found({ id: 'b' })]]))))
      .join('')
      .split('\r\n');
    expect(lines).toEqual([
      'id,camera,class,startUtc,endUtc,startLocal,timezone,seconds,bestScore,detections,zones,box',
      "north.gate.1.2.0,north/gate,person,2026-07-01T22:30:00.000Z,2026-07-01T22:30:12.340Z,2026-07-02 00:30:00,Europe/Berlin,12.3,0.877,9,yard,'-1 2 30 80",
      "b,north/gate,person,2026-07-01T22:30:00.000Z,2026-07-01T22:30:12.340Z,2026-07-02 00:30:00,Europe/Berlin,12.3,0.877,9,yard,'-1 2 30 80",
      '',
    ]);
  });

  it('is JSON whether it holds nothing, one or many', async () => {
    for (const events of [[], [found()], [found(), found({ id: 'b' })]]) {
      const text = (await Array.fromAsync(exportJson(optionsOf([events])))).join('');
      expect(JSON.parse(text)).toMatchObject(events.map(({ id }) => ({ id, zones: ['yard'] })));
    }
  });

  it.each([
    ['=1+2', "'=1+2"],
    ['+49', "'+49"],
    ['-x', "'-x"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['=HYPERLINK("http://evil","x")', `"'=HYPERLINK(""http://evil"",""x"")"`],
    ['a, b', '"a, b"'],
    ['a\nb', '"a\nb"'],
    ['yard', 'yard'],
  ])('lets a spreadsheet take %j for what it is: text', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });
});
