import { ConfigError } from '@framegate/service-kit';
import type { Command } from 'commander';
import { Option } from 'commander';

const details = `
The token is printed once and kept nowhere. The line goes into the file that FRAMEGATE_CONSOLE_TOKENS_FILE names: it
holds only the token's SHA-256, so who reads the file can't sign in.

Example:
  $ framegate token --name ada --role operator >> tokens.txt     the token itself is told on standard error`;

/** `framegate token`: lets somebody into the console. */
export function registerToken(program: Command): void {
  program
    .command('token')
    .description('a token for the console, and the line of its list that lets it in')
    .requiredOption('--name <name>', 'whose it is, without spaces', nameOf)
    .addOption(
      new Option('--role <role>', 'viewers look, operators change things')
        .choices(['viewer', 'operator'])
        .default('viewer'),
    )
    .addHelpText('after', details)
    .action(async ({ name, role }: { name: string; role: 'viewer' | 'operator' }) => {
      const { createToken } = await import('@framegate/service-console');
      const { token, line } = createToken(name, role);
      process.stderr.write(`token of ${name}, shown once: ${token}\n`);
      process.stdout.write(`${line}\n`);
    });
}

function nameOf(text: string): string {
  if (/^[^\s#]{1,60}$/.test(text)) return text;
  throw new ConfigError([`--name ${JSON.stringify(text)}: expected 1 to 60 characters without spaces or #`]);
}
