import { renderPage } from '@framegate/report-page';
import { describe, expect, it } from 'vitest';
import { benchMarkdown } from './bench-markdown.ts';
import { benchPage } from './bench-page.ts';
import { benchText } from './bench-text.ts';
import { exampleReport } from './example-report.ts';
import { parseReports } from './report-files.ts';

const report = exampleReport({
  ratios: [{ name: 'ours over theirs', better: 'higher', rounds: [1.5, 1.4, 1.6], goal: 1.2, isRobust: false }],
  missing: ['another: apt-get install another'],
}); // prettier-ignore

describe('a report of a bench', () => {
  it('stands on the page with its question, ratio, goal, table, command and what is missing', () => {
    const html = renderPage(benchPage([report]));
    for (const text of ['How fast?', 'at least 1.2', '1.50', '30.0', 'bench example', 'apt-get install another'])
      expect(html).toContain(text); // prettier-ignore
  });

  it('says the same in Markdown and on a terminal', () => {
    for (const text of [benchMarkdown([report]), benchText(report)])
      expect(text).toContain('ours over theirs: 1.50 (1.40 to 1.60 in 3 rounds); goal at least 1.2: reached');
  });
});

describe('parseReports', () => {
  it('reads one report and an array of them', () => {
    expect(parseReports(JSON.stringify(report), 'a.json')).toEqual([report]);
    expect(parseReports(JSON.stringify([report, report]), 'a.json')).toHaveLength(2);
  });

  it('names the file, what was expected and what was found', () => {
    const other = JSON.stringify({ ...report, schema: 'framegate.report/9' });
    expect(() => parseReports(other, 'a.json')).toThrow(
      /^a\.json: expected a bench's report .* found schema "framegate\.report\/9"/,
    );
    expect(() => parseReports('{', 'a.json')).toThrow(/^a\.json: is no JSON/);
  });
});
