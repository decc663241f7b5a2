import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

const details = `
The page needs no other file and shows, over time: score and threshold, why changes were not called motion (light,
flicker, precipitation, shake, …), regions and noise; pictures of each event's beginning, of what was held back and
of quiet moments, with regions, masks and zones drawn in; and which setting to change. Privacy masks of the site
file are black in every picture.

--json prints one document {source, width, height, settings, summary, frames: [{frame, timeSeconds, motion, score,
threshold, noise, suppressed, regions: [[x, y, width, height]]}]}, regions in source pixels; --jsonl a line for each
of its frames.

Exit codes: 0 done; 1 something failed while running, such as a file that is cut short (what could be read is
explained); 2 a bad input or option, found before any work; 130 interrupted, nothing is written.

Examples:
  $ framegate gate explain clip.mp4 --out page.html
  $ framegate gate explain clip.mp4 --out page.html --sensitivity 70
  $ framegate gate explain clip.mp4 --out page.html --site site.yaml --camera door
  $ framegate gate explain scene:rain --seconds 30 --out page.html
  $ framegate gate explain clip.mp4 --jsonl`;

export interface ExplainFlags {
  readonly out?: string;
  readonly seconds?: number;
  readonly sensitivity?: number;
  readonly site?: string;
  readonly camera?: string;
  readonly json: boolean;
  readonly jsonl: boolean;
  readonly quiet: boolean;
}

/** `framegate gate`: what the motion gate does, and why. */
export function registerGate(program: Command): void {
  const gate = program
    .command('gate')
    .description('what the motion gate makes of a recording, and why')
    .addHelpText('after', details);
  gate
    .command('explain')
    .description('run the gate over a recording and explain each decision, with pictures')
    .argument('<source>', 'a video file or scene:NAME')
    .option('--out <file>', 'the page, which ends in .html')
    .option('--seconds <number>', 'how much of it; default: all of a file, 60 s of a scene', positive)
    .option('--sensitivity <number>', "0 to 100; default: the camera's, else 50", sensitivity)
    .option('--site <file>', 'take masks, zones and sensitivity of a camera from this site file')
    .option('--camera <id>', 'which camera of it; may be left out where there is one')
    .addOption(new Option('--json', 'print all of it as one document').default(false))
    .addOption(new Option('--jsonl', 'print a line for each frame').default(false).conflicts('json'))
    .option('--quiet', 'print failures only', false)
    .addHelpText('after', details)
    .action(async (source: string, flags: ExplainFlags) => {
      const { runExplain } = await import('./run-explain.ts');
      process.exitCode = await runExplain(source, flags, process);
    });
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 86_400))
    throw new InvalidArgumentError('Expected a number above 0, such as 20.');
  return value;
}

function sensitivity(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('Expected a number from 0 to 100, such as 60.');
  return value;
}
