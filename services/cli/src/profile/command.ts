import type { Command } from 'commander';

const details = `
Every frame is decoded once, and encoded as JPEG and looked at in every combination of width, quality and model, one
run at a time on one worker, in another order at each frame. What is told of each setting:
  accuracy         F1 (harmonic mean of precision and recall; same class, boxes that overlap by an IoU of 0.5 or
                   more) of what a consumer sees at the time of each source frame: the result of the last frame that
                   the rate took, which holds until the next, so that whatever moves fast is lost at a low rate.
                   Expected is what the top configuration finds in this very frame: the last of --models, at the
                   largest width and best quality, looking at every source frame. Scores from 0.35 on, as the
                   inference service has it. How long a result takes is not in it: that depends on the load.
  truthAccuracy    the same against what is really there; only where all clips are scenes. Objects that are less
                   than 40 % visible or 6 % of the picture's height may be found or not.
  bytesPerFrame    mean size of the JPEGs that a rate takes
  serviceMs        median of single runs: JPEG to pixels, model, boxes; one thread of this machine, so measure on one
                   like that of the inference, with nothing else running

--out writes the Pareto set (no other setting has as many frames a second and as much accuracy for as few bytes and as
little service a second) as framegate.profile/1, for "framegate slo check --profile" and for FRAMEGATE_PROFILE_FILES of
the controller. Several clips are measured as one: take some of each camera's hours.

Exit codes: 0 done; 1 no object was found in any clip (nothing is written), or something failed while running, such as
a file that is cut short (what could be read is measured); 2 a bad input or option, found before any work; 130
interrupted, nothing is written.

Examples:
  $ framegate profile clip.mp4 --out profile.json --html page.html
  $ framegate profile morning.mp4 night.mp4 --seconds 60 --models yolox-nano-416,yolox-nano-640 --out profile.json
  $ framegate profile clip.mp4 --widths 416,640,1280 --qualities 50,80 --rates 1,2,5,10 --json
  $ framegate profile scene:street --out profile.json`;

/** Lists and numbers as they were typed: all that is wrong with them is told at once. */
export interface ProfileFlags {
  readonly models?: string;
  readonly widths?: string;
  readonly qualities?: string;
  readonly rates?: string;
  readonly seconds: string;
  readonly out?: string;
  readonly html?: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `framegate profile`: what settings cost and are worth on a user's own footage. */
export function registerProfile(program: Command): void {
  program
    .command('profile')
    .description('measure on your footage what settings cost and are worth, for the controller')
    .argument('<clip...>', 'video files or scene:NAME')
    .option(
      '--models <names>',
      'from "framegate models list", or paths that end in .onnx; the last is the reference',
    )
    .option('--widths <pixels>', 'default: 320,480,640,960,1280 up to the width of the clips, and that')
    .option('--qualities <numbers>', 'of JPEG, 1 to 100; default: 50,65,80')
    .option('--rates <numbers>', 'frames a second; default: 1,2,3,5,7,10,15 up to that of the clips')
    .option('--seconds <number>', 'how much of each clip', '20')
    .option('--out <file>', 'the profile, as JSON')
    .option('--html <file>', 'a page with plots and a table')
    .option('--json', 'print all that was measured as JSON', false)
    .option('--quiet', 'print failures only', false)
    .addHelpText('after', details)
    .action(async (clips: readonly string[], flags: ProfileFlags) => {
      const { runProfile } = await import('./run-profile.ts');
      process.exitCode = await runProfile(clips, flags, process);
    });
}
