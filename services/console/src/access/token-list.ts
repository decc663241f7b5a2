import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Identity, Role } from './access.ts';
import { roles } from './access.ts';

interface Entry {
  readonly identity: Identity;
  readonly sha256: Buffer;
}

export interface TokenList {
  /** Undefined for a token that is not in the list. Takes as long for a wrong one as for a right one. */
  identityOf(token: string): Identity | undefined;
}

/** A new token, and the line of the list that lets it in. Its 256 random bits need no slow hash: nobody guesses them. */
export function createToken(name: string, role: Role): { token: string; line: string } {
  const token = `fgt_${randomBytes(32).toString('base64url')}`;
  return { token, line: `${name} ${role} ${sha256(token).toString('hex')}` };
}

/**
 * Reads a list of `<name> <role> <SHA-256 of the token>`, a line each; what follows # is a remark.
 * @throws Error with every line that is wrong; what stands in it is not repeated, for it may be a token
 */
export function parseTokens(text: string): TokenList {
  const entries: Entry[] = [];
  const mistakes: string[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/#.*/, '').trim();
    if (line === '') return;
    const [name = '', given = '', hash = '', ...rest] = line.split(/\s+/);
    const role = roles.find((known) => known === given);
    if (!role || rest.length > 0 || !/^[0-9a-f]{64}$/.test(hash))
      mistakes.push(
        `line ${index + 1}: expected "<name> viewer|operator <SHA-256 in hexadecimal>", as "framegate token" prints it`,
      );
    else entries.push({ identity: { name, role }, sha256: Buffer.from(hash, 'hex') });
  });
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return {
    identityOf(token) {
      const hash = sha256(token);
      let found: Identity | undefined;
      for (const entry of entries) if (timingSafeEqual(entry.sha256, hash)) found = entry.identity;
      return found;
    },
  };
}

function sha256(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
