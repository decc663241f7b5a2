import { runCli } from './run-cli.ts';

// Whoever reads has seen enough, as `framegate --help | head`: no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCli(process.argv.slice(2));
