import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

const details = `
What is written (whole or not at all; the same input gives the same bytes each time):
  jsonl  a line for each analysed frame: {file, frame, timeSeconds, width, height,
         objects: [{box: [x, y, width, height], class, score}], gate: {score, regions: [[x, y, width, height]]}}
         and a last line {ledger}. Boxes in source pixels; with --every-frame the gate's score is null.
  coco   one JSON document: images (one for each analysed frame), categories (the model's classes from id 1),
         annotations (bbox, area, score); model and ledger in "info".
  csv    a row for each object, file,frame,timeSeconds,class,score,x,y,width,height,gateScore;
         an analysed frame without objects has one row with empty object columns.

--annotate takes a file for one input, and an existing folder for several: FOLDER/NAME.annotated.mp4 for each.

Exit codes: 0 done; 1 something failed while running, such as a file that is cut short (what could be read is
written); 2 a bad input or option, found before any work; 130 interrupted, nothing is written.

Examples:
  $ framegate analyze clip.mp4 --out result.jsonl
  $ framegate analyze north.mp4 south.mp4 --out people.csv --format csv --classes person --min-score 0.5
  $ framegate analyze clip.mp4 --out result.json --format coco --every-frame --annotate annotated.mp4
  $ framegate analyze clip.mp4 --out result.jsonl --model yolox-nano-640
  $ framegate analyze clip.mp4 --out result.jsonl --model own.onnx   described by own.json beside it:
      { "head": "yolov8", "classes": ["person", "car"] }`;

export interface AnalyzeFlags {
  readonly out: string;
  readonly format: 'jsonl' | 'coco' | 'csv';
  readonly everyFrame: boolean;
  readonly annotate?: string;
  readonly model?: string;
  readonly classes?: readonly string[];
  readonly minScore: number;
  readonly threads: number;
  readonly quiet: boolean;
}

/** `framegate analyze`: video files to what is in them. */
export function registerAnalyze(program: Command): void {
  program
    .command('analyze')
    .description('find the objects in video files: as fast as the machine allows, no frame dropped')
    .argument('<input...>', 'video files; several are read side by side')
    .requiredOption('--out <file>', 'where the results go')
    .addOption(
      new Option('--format <name>', 'of the results').choices(['jsonl', 'coco', 'csv']).default('jsonl'),
    )
    .option('--every-frame', 'analyse frames without motion too', false)
    .option('--annotate <path>', 'also write the video with boxes, labels and what the gate saw')
    .option('--model <name>', 'from "framegate models list", or a path that ends in .onnx')
    .option('--classes <names>', 'only these, separated by commas', listed)
    .option('--min-score <number>', 'least score of an object, 0 to 1', score, 0.3)
    .option('--threads <number>', 'threads of the detector', threads, availableParallelism())
    .option('--quiet', 'print failures only', false)
    .addHelpText('after', details)
    .action(async (inputs: readonly string[], flags: AnalyzeFlags) => {
      const { runAnalyze } = await import('./run-analyze.ts');
      process.exitCode = await runAnalyze(inputs, flags, process.stderr);
    });
}

function listed(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('Expected names such as person,car.');
  return names;
}

function score(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('Expected a number from 0 to 1, such as 0.5.');
  return value;
}

function threads(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1 to 999.');
  return Number(text);
}
