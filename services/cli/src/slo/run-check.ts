import { availableParallelism } from 'node:os';
import type { Machine } from '@framegate/control';
import { reachable } from '@framegate/control';
import { parseDeclaration, readProfile } from '@framegate/slo-file';
import { formatMistake, readTextFile } from '@framegate/yaml-file';
import type { Output } from '../terminal/output.ts';
import type { SloCheckFlags } from './command.ts';

const exitCodes = { holds: 0, mistaken: 2 };

/** Tells all that is wrong with a declaration: its exit code. @throws ConfigError for a file that can't be read */
export function runSloCheck(file: string, flags: SloCheckFlags, out: Output, complaints: Output): number {
  const machine: Machine = {
    cores: flags.cores ?? availableParallelism(),
    ...(flags.partitions === undefined ? {} : { partitions: flags.partitions }),
  };
  const profile = flags.profile === undefined ? undefined : readProfile(flags.profile);
  const parsed = parseDeclaration(readTextFile(file, 'declaration (slo.yaml)'), file, machine);
  const mistakes = 'mistakes' in parsed ? parsed.mistakes : [];
  const problems = 'mistakes' in parsed || !profile ? [] : reachable(parsed.declaration, profile, machine);
  const holds = mistakes.length + problems.length === 0;

  if (flags.json) out.write(`${JSON.stringify({ file, holds, mistakes, problems }, null, 2)}\n`);
  else if (holds) out.write(`${file} holds\n`);
  else {
    const lines = [...mistakes.map(formatMistake), ...problems.map(({ message }) => `${file}: ${message}`)];
    complaints.write(lines.map((line) => `${line}\n`).join(''));
  }
  return holds ? exitCodes.holds : exitCodes.mistaken;
}
