import type { Declaration } from '../declaration/declaration.ts';
import type { InferenceState } from './infer-status.ts';
import { readSite } from './history.ts';
import type { SiteSignal } from './signals.ts';
import { laggedCorrelation } from './lagged-correlation.ts';

/** A service, link or host, as `uplink@north`. */
export interface DependencyNode {
  readonly name: string;
  readonly kind: 'stage' | 'declared';
}

/** `from` needs `to`, with what was measured of it. */
export interface DependencyEdge {
  readonly from: string;
  readonly to: string;
  /** Of the stage, ms: what it takes and what it usually takes; NaN where nothing is measured. */
  readonly valueMs: number;
  readonly usualMs: number;
  /** Pearson's correlation of the stage with the share of the site's frames that were late over the last minute, at the lag where it is greatest. */
  readonly correlation: number;
  /** Seconds by which the stage is ahead of the results. */
  readonly lagSeconds: number;
}

export interface DependencyGraph {
  readonly nodes: readonly DependencyNode[];
  readonly edges: readonly DependencyEdge[];
}

/** A frame's way: each stage needs the one behind it, up to the place that it is named after. */
const stagePlaces: readonly (readonly [stage: SiteSignal, place: string, atSite: boolean])[] = [
  ['decode', 'edge-cpu', true],
  ['encode', 'encode', true],
  ['publish', 'uplink', true],
  ['transport', 'broker', false],
  ['wait', 'mailbox', false],
  ['inference', 'inference-compute', false],
];

/** The graph of what depends on what, as data for a console: the stages of each site's frames, and what is declared. */
export function dependencyGraph({ declaration, history }: InferenceState): DependencyGraph {
  const sites = Object.keys(history.recent.at(-1)?.sites ?? {});
  const edges = sites.flatMap((site) =>
    stagePlaces.map(([stage, place, atSite]): DependencyEdge => {
      const { value, usual } = readSite(history, site, stage, 1);
      const seconds = history.recent.map(({ sites: all }) => all[site]);
      const { correlation, lag } = laggedCorrelation(
        seconds.map((signals) => signals?.[stage] ?? Number.NaN),
        seconds.map((signals) => signals?.lateShare ?? Number.NaN),
      );
      const to = atSite ? `${place}@${site}` : place;
      return { from: `results@${site}`, to, valueMs: value, usualMs: usual, correlation, lagSeconds: lag };
    }),
  );
  const all = [...edges, ...declaredEdges(declaration)];
  const stageNames = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const names = new Set(all.flatMap(({ from, to }) => [from, to]));
  return {
    nodes: [...names].map((name) => ({ name, kind: stageNames.has(name) ? 'stage' : 'declared' })),
    edges: all,
  };
}

function declaredEdges({ dependencies }: Declaration): DependencyEdge[] {
  const unknown = Number.NaN;
  return dependencies.map(({ from, to }) => ({
    from,
    to,
    valueMs: unknown,
    usualMs: unknown,
    correlation: unknown,
    lagSeconds: unknown,
  }));
}
