import { bytesPerSecond, servicePerSecond } from '@framegate/control';
import type { FootageMeasurement, Look, MeasuredClip, MeasuredPoint } from '@framegate/footage-profile';

/** Why nothing can be said of a clip in which the top configuration saw nothing. */
export function emptyClipText({ name, frames }: MeasuredClip, top: Look): string {
  return `${name}: no object was found in ${frames} frames, not even by the top configuration (${lookText(top)}), so nothing tells what settings are worth. Take footage with people or vehicles in it, more --seconds, or another model.`;
}

export function lookText({ model, width, quality }: Look): string {
  return `${model} at ${width} px, quality ${quality}`;
}

/** The Pareto set as a table for a person. */
export function profileSummary(
  { clips, top, points }: FootageMeasurement,
  front: readonly MeasuredPoint[],
  out: string | undefined,
): string {
  const frames = clips.reduce((sum, clip) => sum + clip.frames, 0);
  const lines = [
    `${frames} frames in ${points.length} settings; accuracy against ${lookText(top)}, every frame`,
    `Pareto set, ${front.length} settings:`,
    ...table([headings(front), ...front.map(rowOf)]),
    ...(out === undefined ? [] : [`written ${out}`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function headings(front: readonly MeasuredPoint[]): string[] {
  const truth = front.some(({ truthAccuracy }) => truthAccuracy !== undefined) ? ['of truth'] : [];
  return ['accuracy', ...truth, 'frames/s', 'width', 'quality', 'model', 'kB/s', 'service ms/s'];
}

function rowOf(point: MeasuredPoint): string[] {
  const { accuracy, truthAccuracy, framesPerSecond, width, quality, model } = point;
  return [
    accuracy.toFixed(3),
    ...(truthAccuracy === undefined ? [] : [truthAccuracy.toFixed(3)]),
    ...[framesPerSecond, width, quality, model].map(String),
    (bytesPerSecond(point) / 1000).toFixed(1),
    servicePerSecond(point).toFixed(0),
  ];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '));
}
