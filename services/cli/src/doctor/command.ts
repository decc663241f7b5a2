import type { Command } from 'commander';

const details = `
Exit codes: 0 the demo can run; 1 something that it needs is missing.

Examples:
  $ framegate doctor
  $ KAFKA_BROKERS=localhost:9092 framegate doctor --json`;

/** `framegate doctor`: what is there, what is missing, what to do. */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at this machine: what is there, what is missing, what to do')
    .option('--json', 'as JSON', false)
    .addHelpText('after', details)
    .action(async ({ json }: { json: boolean }) => {
      const { runDoctor } = await import('./run-doctor.ts');
      process.exitCode = await runDoctor({ json, env: process.env }, process.stdout);
    });
}
