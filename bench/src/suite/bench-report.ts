import { z } from 'zod';

/** Rounds of a ratio of ours to another's, measured in the same run. */
const ratioSchema = z.object({
  name: z.string(),
  better: z.enum(['higher', 'lower']),
  /** One for each round; several, unless it comes out the same each time. */
  rounds: z.array(z.number()).min(1),
  goal: z.number().exactOptional(),
  /** Counts, bytes or virtual time: the same on every machine, so that a change of it is a change of the code. */
  isRobust: z.boolean().default(false),
});
export type Ratio = z.output<typeof ratioSchema>;

const columnSchema = z.object({
  label: z.string(),
  /** How numbers are written, as d3-format reads it. */
  format: z.string().exactOptional(),
  best: z.enum(['lowest', 'highest']).exactOptional(),
});

const cellSchema = z.union([z.string(), z.number(), z.null()]);

const barsSchema = z.object({
  kind: z.literal('bars'),
  title: z.string(),
  description: z.string().exactOptional(),
  y: z.object({ label: z.string(), format: z.string().exactOptional() }),
  groups: z.array(z.string()),
  series: z.array(
    z.object({
      label: z.string(),
      values: z.array(
        z
          .object({ value: z.number(), low: z.number().exactOptional(), high: z.number().exactOptional() })
          .nullable(),
      ),
    }),
  ),
});

const axisSchema = z.object({
  label: z.string(),
  scale: z.enum(['linear', 'log']).exactOptional(),
  format: z.string().exactOptional(),
});

const linesSchema = z.object({
  kind: z.literal('xy'),
  title: z.string(),
  description: z.string().exactOptional(),
  x: axisSchema,
  y: axisSchema,
  series: z.array(
    z.object({
      label: z.string(),
      points: z.array(
        z.object({
          x: z.number(),
          y: z.number().nullable(),
          low: z.number().exactOptional(),
          high: z.number().exactOptional(),
        }),
      ),
    }),
  ),
});

/** What one bench of the suite says: a question, ratios first, a table, a plot, and the machine that it ran on. */
export const benchReportSchema = z.object({
  schema: z.literal('framegate.report/1'),
  kind: z.literal('bench'),
  bench: z.string(),
  question: z.string(),
  /** What prints it again. */
  command: z.string(),
  startedAt: z.iso.datetime(),
  durationSeconds: z.number(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])),
  ratios: z.array(ratioSchema),
  columns: z.array(columnSchema),
  /** A cell for each column; the first names the row. */
  rows: z.array(z.array(cellSchema)),
  plot: z.discriminatedUnion('kind', [barsSchema, linesSchema]).nullable(),
  /** How peers were started: name and command line. */
  peers: z.record(z.string(), z.string()).default({}),
  /** Peers that are not here, each with how to get it. They are not counted. */
  missing: z.array(z.string()),
  /** Where a peer is ahead and why, what limits the figure. */
  notes: z.array(z.string()),
});
export type BenchReport = z.output<typeof benchReportSchema>;
