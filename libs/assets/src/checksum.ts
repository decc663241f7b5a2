import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AssetError } from './asset-error.ts';

/** SHA-256 of a file's content, hexadecimal. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * Returns the file's SHA-256 where it is one of `expected`.
 * @throws AssetError CHECKSUM naming the file, what was expected and what was found
 */
export async function verifyChecksum(path: string, expected: readonly string[]): Promise<string> {
  const found = await sha256OfFile(path);
  if (expected.includes(found)) return found;
  throw new AssetError(
    'CHECKSUM',
    `${path} has the wrong content: expected SHA-256 ${expected.join(' or ')}, found ${found}. Replace or remove it.`,
  );
}
