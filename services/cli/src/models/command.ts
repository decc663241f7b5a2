import type { Command } from 'commander';

const details = `
Models of your own need no entry here: give their path to --model, with a description beside them. For own.onnx
that is own.json: { "head": "yolox" or "yolov8" (YOLO11 too), "classes": ["person", …], "licence": "…", "sha256": "…" }.

Files are looked for in FRAMEGATE_ASSETS, ../shared and the cache, and pulled into the cache where a download is
pinned; all are checked by their SHA-256.

Examples:
  $ framegate models list
  $ framegate models pull                  everything that has a pinned download and is not here yet
  $ framegate models verify yolox-nano-416`;

/** `framegate models`: the detectors that are known by name. */
export function registerModels(program: Command): void {
  const models = program
    .command('models')
    .description('the catalogue of detectors: what there is, where it lies, whether it is whole')
    .addHelpText('after', details);
  models
    .command('list')
    .description('every model with its licence, size, checksum and place')
    .option('--json', 'as JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      const { listModels } = await import('./list-models.ts');
      await listModels({ json }, process.stdout);
    });
  models
    .command('pull')
    .description('fetch models that are not here')
    .argument('[name...]', 'default: all')
    .action(async (names: readonly string[]) => {
      const { pullModels } = await import('./pull-models.ts');
      process.exitCode = await pullModels(names, process);
    });
  models
    .command('verify')
    .description('check the files by their SHA-256 and read their headers')
    .argument('[name...]', 'default: all that are here')
    .action(async (names: readonly string[]) => {
      const { verifyModels } = await import('./verify-models.ts');
      process.exitCode = await verifyModels(names, process.stdout);
    });
}
