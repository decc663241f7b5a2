import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

const details = `
The broker is KAFKA_BROKERS, with KAFKA_TLS… and KAFKA_SASL_… as for the services; --brokers names others.

Exit codes: 0 every frame has one known fate; 1 there is a complaint, or no broker answers; 2 wrong settings.

Examples:
  $ KAFKA_BROKERS=localhost:9092 framegate audit
  $ framegate audit --brokers localhost:9092 --json
  $ framegate audit --running               frames without an outcome may still be on their way`;

export interface AuditFlags {
  readonly brokers?: string;
  readonly json: boolean;
  readonly running: boolean;
  readonly wait: number;
}

/** `framegate audit`: the frame ledger rebuilt from the topics alone. */
export function registerAudit(program: Command): void {
  program
    .command('audit')
    .description(
      'rebuild the frame ledger from the topics of a Kafka, and complain about every frame without a fate',
    )
    .option('--brokers <list>', 'host:port, separated by commas; default KAFKA_BROKERS')
    .option('--running', 'services are still working: a frame without an outcome is not lost yet', false)
    .option('--wait <seconds>', 'for the broker to answer', seconds, 15)
    .option('--json', 'as JSON', false)
    .addHelpText('after', details)
    .action(async (flags: AuditFlags) => {
      const { runAudit } = await import('./run-audit.ts');
      process.exitCode = await runAudit(flags, process.env, process.stdout);
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 3600))
    throw new InvalidArgumentError('Expected a number above 0, such as 15.');
  return value;
}
