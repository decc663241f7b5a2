import { describe, expect, it } from 'vitest';
import type { Block, TableBlock } from './page.ts';
import { renderPage } from './render-page.ts';

const hostile = '<img src=x onerror=alert(1)>';
const pageOf = (...blocks: readonly Block[]): string =>
  renderPage({ title: 'A report', sections: [{ heading: 'Results', blocks }] });
const table: TableBlock = {
  kind: 'table',
  caption: 'Gates',
  columns: [
    { label: 'gate' },
    { label: 'recall', format: '.1%', best: 'highest' },
    { label: 'ms', best: 'lowest' },
    { label: 'remark' },
  ],
  groups: [
    { heading: 'rain', rows: [['ours', 0.991, 0.5, 'x'], ['MOG2', 0.98, 0.4, null]] },
    { rows: [['alone', 0.2, 3, null]] },
  ], // prettier-ignore
};
const dot = 'data:image/png;base64,iVBORw0KGgo=';

describe('renderPage', () => {
  it('escapes every text that it is given', () => {
    const html = renderPage({
      title: hostile,
      lead: hostile,
      command: hostile,
      environment: { [hostile]: hostile },
      data: { json: hostile },
      sections: [
        {
          heading: hostile,
          blocks: [
            { kind: 'text', text: [hostile] },
            { kind: 'figures', figures: [{ label: hostile, value: hostile, unit: hostile, note: hostile }] },
            { kind: 'verdicts', verdicts: [{ promise: hostile, measured: hostile, reached: true }] },
            { ...table, caption: hostile, note: hostile, columns: [{ label: hostile }], groups: [{ heading: hostile, rows: [[hostile]] }] },
            { kind: 'timeline', events: [{ at: hostile, title: hostile, text: hostile, details: [[hostile, hostile]] }] },
            { kind: 'pictures', caption: hostile, pictures: [{ src: dot, alt: hostile, caption: hostile }] },
            { kind: 'code', code: hostile },
            {
              kind: 'plot',
              plot: {
                kind: 'xy', title: hostile, description: hostile, x: { label: hostile }, y: { label: hostile },
                series: [{ label: hostile, points: [{ x: 0, y: 0, label: hostile }] }, { label: hostile, points: [] }],
                thresholds: [{ at: 0, label: hostile }], spans: [{ from: 0, to: 1, label: hostile }],
              },
            },
          ],
        },
      ],
    }); // prettier-ignore
    expect(html).not.toContain('<img src=x');
    expect(html.match(/<img /g)).toHaveLength(1);
  });

  it('needs nothing from outside and runs no script', () => {
    const html = pageOf(table, {
      kind: 'pictures',
      caption: 'a',
      pictures: [{ src: dot, alt: 'a', caption: 'b' }],
    });
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|\/\/|url\(|<link|<script|@import/,
    );
    expect(html).toContain('default-src &#39;none&#39;');
  });

  it('refuses pictures that would be fetched', () => {
    const picture = { src: 'https://example.org/a.png', alt: 'a', caption: 'far away' };
    expect(() => pageOf({ kind: 'pictures', caption: 'a', pictures: [picture] })).toThrow(
      /"far away".*data:image/,
    );
  });

  it('draws marks over a picture, with its text for who can not see it', () => {
    const marks = [{ polygon: [[0, 0], [10, 0], [10, 20.06]], tone: 'found', label: 'motion' }] as const; // prettier-ignore
    const picture = { src: dot, alt: 'a walker', caption: 'b', width: 40, height: 30, marks };
    const html = pageOf({ kind: 'pictures', caption: 'a', pictures: [picture] });
    expect(html).toMatch(/<svg class="marked" viewBox="0 0 40 30" role="img" aria-label="a walker">/);
    expect(html).toContain('<polygon class="found" points="0,0 10,0 10,20.1"><title>motion</title>');
  });

  it('refuses a data file that is not beside the page', () => {
    const page = { title: 'a', sections: [], data: { href: 'javascript:alert(1)' } };
    expect(() => renderPage(page)).toThrow(/no name of a file/);
  });

  it('marks the best value of a column in each group of more than one row', () => {
    const best = [...pageOf(table).matchAll(/<strong>(.*?)<span class="unseen"> \(best\)/g)].map(
      ([, text]) => text,
    );
    expect(best).toEqual(['99.1%', '0.4']);
  });

  it('says of every header what it heads, and writes what was not measured as a dash', () => {
    const html = pageOf(table);
    expect(html).toContain('<th scope="col">gate</th>');
    expect(html).toContain('<th scope="row">ours</th>');
    expect(html).toContain('<th scope="rowgroup" colspan="4">rain</th>');
    expect(html).toContain('<td>–</td>');
  });

  it('sets columns of numbers to the right, and no others', () => {
    const html = pageOf(table);
    expect(html).toContain('<th scope="col" class="number">recall</th>');
    expect(html).toContain('<th scope="col">remark</th>');
  });

  it('gives each element that is referred to an id of its own', () => {
    const plot = { kind: 'xy', title: 'a', x: { label: 'x' }, y: { label: 'y' }, series: [] } as const;
    const html = pageOf({ kind: 'plot', plot }, { kind: 'plot', plot }, table);
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    const references = [...html.matchAll(/aria-labelledby="([^"]*)"/g)].flatMap(([, some]) =>
      some?.split(' '),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(references.filter((reference) => !ids.includes(reference))).toEqual([]);
  });

  it('says in words whether a promise was kept', () => {
    const html = pageOf({
      kind: 'verdicts',
      verdicts: [true, false, null].map((reached) => ({ promise: 'p', measured: 'm', reached })),
    });
    expect(html).toMatch(/reached.*missed.*not measured/s);
  });

  it('holds the data for programs', () => {
    const html = renderPage({
      title: 'a',
      sections: [],
      data: { json: { text: '</script>' }, href: 'a.json' },
    });
    const json = /<script type="application\/json" id="report">(.*?)<\/script>/.exec(html)?.[1] ?? '';
    expect(JSON.parse(json)).toEqual({ text: '</script>' });
    expect(html).toContain('<a href="./a.json">');
  });
});
