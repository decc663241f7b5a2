import type { Block, Page, Section } from '@framegate/report-page';
import { spread } from '../spread.ts';
import type { BenchReport, Ratio } from './bench-report.ts';
import { isReached, ratioText } from './bench-text.ts';

/** One page of all reports: each question a heading, ratios first, one plot, one table, the command. */
export function benchPage(reports: readonly BenchReport[]): Page {
  const [first] = reports;
  return {
    title: 'What Framegate costs, and what else does',
    lead:
      'Each question is one command. Ways were run in turn in one run, so ratios hold where absolute figures belong to ' +
      'the machine; in brackets the least and the most of the rounds.',
    ...(first ? { madeAt: new Date(first.startedAt), environment: first.environment } : {}),
    command: 'npx -y pnpm@12 bench all && npx -y pnpm@12 bench report',
    sections: reports.map(sectionOf),
    data: { json: reports },
  };
}

function sectionOf(report: BenchReport): Section {
  const { question, command, ratios, plot, columns, rows, peers, notes, missing, bench } = report;
  const goals = ratios.filter(({ goal }) => goal !== undefined);
  const others = ratios.filter(({ goal }) => goal === undefined);
  const peerTexts = Object.entries(peers).map(([name, line]) => `${name}: ${line}`);
  const blocks: (Block | false)[] = [
    goals.length > 0 && { kind: 'verdicts', verdicts: goals.map(verdictOf) },
    others.length > 0 && { kind: 'text', text: others.map(ratioText) },
    plot !== null && { kind: 'plot', plot },
    rows.length > 0 && { kind: 'table', caption: `pnpm bench ${bench}`, columns, groups: [{ rows }] },
    notes.length > 0 && { kind: 'text', text: notes },
    missing.length > 0 && { kind: 'text', text: missing.map((peer) => `Not counted: ${peer}`) },
    { kind: 'code', code: [command, ...peerTexts].join('\n') },
  ];
  return { heading: sentence(question), blocks: blocks.filter((block) => block !== false) };
}

function verdictOf(ratio: Ratio) {
  const { goal = Number.NaN, ...measured } = ratio;
  const { name, better, rounds } = measured;
  const { median } = spread(rounds);
  return {
    promise: `${name}: ${better === 'higher' ? 'at least' : 'at most'} ${goal}`,
    measured: ratioText({ ...measured, name: '' }).replace(/^: /, ''),
    reached: isReached({ better, median, goal }),
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
