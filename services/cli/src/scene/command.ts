import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

const details = `
Examples:
  $ framegate scene list
  $ framegate scene render street street.mp4 --seconds 30
  $ framegate scene render rain rain.mp4 --truth rain.jsonl --seed 7 --size 1920x1080 --fps 15

The truth has a line of JSON for each frame: {frame, timeSeconds, objects: [{id, class, box: [x, y, width, height],
visible}]}, boxes in pixels, "visible" the share of the object that can be seen. The same name, seed, size and rate
give the same pictures on every machine.`;

export interface RenderFlags {
  readonly truth?: string;
  readonly seconds: number;
  readonly seed: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly fps: number;
}

/** `framegate scene`: synthetic cameras as files. */
export function registerScene(program: Command): void {
  const scene = program
    .command('scene')
    .description('synthetic cameras with exact truth')
    .addHelpText('after', details);
  scene
    .command('list')
    .description('the names of the scenes and what they show')
    .action(async () => {
      const { listScenes } = await import('./list-scenes.ts');
      process.stdout.write(listScenes());
    });
  scene
    .command('render')
    .description('draw a scene into a video file')
    .argument('<name>', 'of the scene')
    .argument('<out>', 'the file, which ends in .mp4')
    .option('--truth <file>', 'also write what is to be seen in each frame, as JSON lines')
    .option('--seconds <number>', 'length', positive, 20)
    .option('--seed <number>', 'which of its endless variants', seed, 1)
    .addOption(
      new Option('--size <size>', 'such as 1920x1080')
        .argParser(size)
        .default({ width: 1280, height: 720 }, '1280x720'),
    )
    .option('--fps <number>', 'frames a second', positive, 10)
    .addHelpText('after', details)
    .action(async (name: string, out: string, flags: RenderFlags) => {
      const { renderScene } = await import('./render-scene.ts');
      await renderScene(name, out, flags, process.stderr);
    });
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 86_400))
    throw new InvalidArgumentError('Expected a number above 0, such as 20.');
  return value;
}

function seed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 0 to 999999999.');
  return Number(text);
}

function size(text: string): RenderFlags['size'] {
  const [, width = 0, height = 0] = (/^(\d{1,4})x(\d{1,4})$/.exec(text) ?? []).map(Number);
  const fits = (side: number): boolean => side >= 64 && side <= 8192 && side % 2 === 0;
  if (!fits(width) || !fits(height))
    throw new InvalidArgumentError('Expected even sides from 64 to 8192, such as 1280x720.');
  return { width, height };
}
