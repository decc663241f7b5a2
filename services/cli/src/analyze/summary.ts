import type { AnalysedRecording, AnalysisLedger } from '@framegate/analysis';

export interface RunFacts {
  readonly seconds: number;
  readonly out: string;
  readonly annotated: readonly string[];
}

/** What an analysis came to, for a person. */
export function summaryLines(
  analysed: readonly Pick<AnalysedRecording, 'found'>[],
  { edge, cloud, balanced }: AnalysisLedger,
  { seconds, out, annotated }: RunFacts,
): string[] {
  const files = analysed.length === 1 ? '1 file' : `${analysed.length} files`;
  const rate = (edge.captured / seconds).toFixed(1);
  return [
    `${files}, ${edge.captured} frames in ${seconds.toFixed(1)} s (${rate} frames/s): ${edge.stopped} stopped by the gate, ${cloud.analysed} analysed`,
    `found ${objects(analysed)}`,
    `written ${[out, ...annotated].join(', ')}; ledger ${balanced ? 'balanced' : 'NOT BALANCED'}`,
  ];
}

/** What went wrong without stopping the analysis; empty when nothing did. */
export function warningLines(
  recordings: readonly { readonly name: string }[],
  analysed: readonly Pick<AnalysedRecording, 'cloud' | 'undecodable' | 'problem' | 'failure'>[],
  { balanced }: Pick<AnalysisLedger, 'balanced'>,
): string[] {
  const lines = analysed.flatMap(({ cloud, undecodable, problem, failure }, index) => {
    const name = recordings[index]?.name;
    return [
      ...(problem === null ? [] : [`${problem} The ${cloud.analysed} analysed frames are written.`]),
      ...(failure === null
        ? []
        : [`${name}: ${cloud.failed} frames could not be analysed, first ${failure}`]),
      ...(undecodable === 0 ? [] : [`${name}: ${undecodable} packets held no picture and were passed over.`]),
    ];
  });
  return balanced ? lines : [...lines, 'the ledger does not balance: frames were lost'];
}

function objects(analysed: readonly Pick<AnalysedRecording, 'found'>[]): string {
  const total = new Map<string, number>();
  for (const { found } of analysed)
    for (const [name, count] of Object.entries(found)) total.set(name, (total.get(name) ?? 0) + count);
  const parts = [...total].toSorted(([, a], [, b]) => b - a).map(([name, count]) => `${count} ${name}`);
  return parts.length === 0 ? 'no objects' : parts.join(', ');
}
