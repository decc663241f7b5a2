import { z } from 'zod';
import { HistoryStoreError } from '../history-store-error.ts';
import type { Sample, SeriesPoint, SeriesQuery } from '../port.ts';
import { addSummaries } from '../summary.ts';
import type { Row, Statement } from './connection.ts';
import { conditions, insertRows, lastOfEach, replacing } from './statements.ts';

export const secondUs = 1e6;
export const minuteUs = 60e6;

const columns = ['step_us', 'series', 'at_us', 'subject', 'summary'] as const;
const key = ['step_us', 'series', 'at_us', 'subject'] as const;

const number = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const rowSchema = z.object({
  series: z.string(),
  subject: z.string(),
  at_us: z.int(),
  summary: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(
      z.object({
        count: z.number(),
        sum: number,
        min: number,
        max: number,
        last: number,
        buckets: z.array(z.number()),
      }),
    ),
});

export function sampleOf(row: Row): Sample {
  const { at_us: atUs, ...sample } = rowSchema.parse(row);
  return { ...sample, atUs };
}

export function writeSamples(given: readonly Sample[], stepUs: number): Statement[] {
  const aligned = given.map((sample) => ({ ...sample, atUs: beginOf(sample.atUs, stepUs) }));
  const samples = lastOfEach(aligned, ({ series, subject, atUs }) => JSON.stringify([series, subject, atUs]));
  const rows = samples.map(({ series, subject, atUs, summary }) => [
    stepUs,
    series,
    atUs,
    subject,
    JSON.stringify(summary),
  ]);
  return insertRows('samples', columns, rows, replacing(key, columns));
}

export function selectSamples(stepUs: number, query: Omit<SeriesQuery, 'stepUs'>): Statement {
  const where = conditions();
  where.add('step_us = ?', stepUs);
  where.addIn('series', query.series);
  where.addIn('subject', query.subjects);
  where.add('at_us >= ?', query.fromUs);
  where.add('at_us < ?', query.untilUs);
  return {
    text: `SELECT series, subject, at_us, summary FROM samples${where.where()} ORDER BY at_us`,
    params: where.params,
  };
}

/** All samples of a minute that has ended. */
export function selectSeconds(fromUs: number, untilUs: number): Statement {
  return {
    text: 'SELECT series, subject, at_us, summary FROM samples WHERE step_us = $1 AND at_us >= $2 AND at_us < $3 ORDER BY at_us',
    params: [secondUs, fromUs, untilUs],
  };
}

/** @throws HistoryStoreError `INVALID` */
export function checkSeriesQuery({ series, stepUs, fromUs, untilUs }: SeriesQuery): void {
  if (series.length === 0) throw new HistoryStoreError('INVALID', 'series: name at least one');
  if (!Number.isSafeInteger(stepUs / secondUs) || stepUs <= 0)
    throw new HistoryStoreError('INVALID', `a step of ${stepUs} µs: expected whole seconds`);
  if ((untilUs - fromUs) / stepUs > 10_000) {
    throw new HistoryStoreError(
      'INVALID',
      `${(untilUs - fromUs) / 1e6} s in steps of ${stepUs / 1e6} s: at most 10,000 steps. Ask for wider ones`,
    );
  }
}

/** Puts samples together whose time falls into the same step. @param samples oldest first */
export function inSteps(samples: readonly Sample[], stepUs: number): SeriesPoint[] {
  const groups = Map.groupBy(samples, ({ series, subject, atUs }) =>
    JSON.stringify([series, subject, beginOf(atUs, stepUs)]),
  );
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const summary = addSummaries(group.map((sample) => sample.summary));
      return { series: first.series, subject: first.subject, atUs: beginOf(first.atUs, stepUs), summary };
    })
    .toSorted((a, b) => a.atUs - b.atUs);
}

export function beginOf(atUs: number, stepUs: number): number {
  return Math.floor(atUs / stepUs) * stepUs;
}
