import type { ParseArgsOptionsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { helpFromComment } from '@framegate/service-kit';

/**
 * The options of a bench. `--help` prints the comment at the head of its file, which says what it measures and how;
 * a wrong option is told in one line. Both end the program: with 0, and with 2.
 */
export function benchOptions<const T extends ParseArgsOptionsConfig>(options: T) {
  helpFromComment();
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}
