/** Malformed or oversized multipart data; the reader says which camera sent it. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError';
}

export interface MultipartLimits {
  readonly maxPartBytes: number;
  readonly maxHeaderBytes: number;
}

const crlf = Buffer.from('\r\n');
const headerEnd = Buffer.from('\r\n\r\n');

/**
 * Splits `multipart/x-mixed-replace` (RFC 2046, 5.1) into the bodies of its parts, as chunks arrive.
 * With Content-Length a body is complete at its last byte; without, at the next delimiter.
 */
export class MultipartParser {
  readonly #delimiter: Buffer;
  readonly #limits: MultipartLimits;
  #buffer: Buffer = Buffer.alloc(64 * 1024);
  #start = 0;
  #end = 0;
  /** Up to here nothing was found, relative to `#start`; searching never begins anew. */
  #searched = 0;
  #inside: 'gap' | 'header' | 'body' = 'gap';
  /** Of the body, where its header says. */
  #length: number | null = null;

  /** @param boundary as in the Content-Type; some cameras write its leading dashes into it. */
  constructor(boundary: string, limits: MultipartLimits) {
    this.#delimiter = Buffer.from(`--${boundary.replace(/^--/, '')}`);
    this.#limits = limits;
  }

  /** The bodies that this chunk completes. @throws {MultipartError} */
  push(chunk: Uint8Array): Uint8Array[] {
    this.#append(chunk);
    const bodies: Uint8Array[] = [];
    while (this.#skipGap() && this.#readHeader()) {
      const body = this.#readBody();
      if (!body) break;
      if (body.length > 0) bodies.push(body);
    }
    return bodies;
  }

  #skipGap(): boolean {
    if (this.#inside !== 'gap') return true;
    const at = this.#find(this.#delimiter);
    const { maxHeaderBytes } = this.#limits;
    if (at < 0 && this.#pending() > maxHeaderBytes) {
      throw new MultipartError(`no part begins within ${maxHeaderBytes} bytes`);
    }
    if (at < 0) return false;
    this.#enter('header', at);
    return true;
  }

  #readHeader(): boolean {
    if (this.#inside !== 'header') return true;
    const end = this.#find(headerEnd);
    const { maxHeaderBytes } = this.#limits;
    if (end > maxHeaderBytes || (end < 0 && this.#pending() > maxHeaderBytes)) {
      throw new MultipartError(`the header of a part is longer than ${maxHeaderBytes} bytes`);
    }
    if (end < 0) return false;
    this.#length = this.#contentLength(this.#buffer.toString('latin1', this.#start, this.#start + end));
    this.#enter('body', end + headerEnd.length);
    return true;
  }

  #contentLength(header: string): number | null {
    const [, digits] = /^content-length:\s*(\d+)\s*$/im.exec(header) ?? [];
    if (digits === undefined) return null;
    if (Number(digits) > this.#limits.maxPartBytes) throw this.#tooLong(`${digits} bytes`);
    return Number(digits);
  }

  #readBody(): Uint8Array | null {
    const length = this.#length ?? this.#find(Buffer.concat([crlf, this.#delimiter]));
    if (length < 0 && this.#pending() > this.#limits.maxPartBytes) throw this.#tooLong('more than that');
    if (length < 0 || this.#pending() < length) return null;
    const body = Uint8Array.from(this.#buffer.subarray(this.#start, this.#start + length));
    this.#enter('gap', length);
    return body;
  }

  #tooLong(size: string): MultipartError {
    return new MultipartError(`a part has ${size}, the most is ${this.#limits.maxPartBytes} bytes`);
  }

  #pending(): number {
    return this.#end - this.#start;
  }

  /** Where `needle` begins, relative to `#start`; -1 when it isn't there yet. */
  #find(needle: Buffer): number {
    const from = this.#start + Math.max(0, this.#searched - needle.length);
    const at = this.#buffer.subarray(0, this.#end).indexOf(needle, from);
    this.#searched = at < 0 ? this.#pending() : 0;
    return at < 0 ? -1 : at - this.#start;
  }

  #enter(next: 'gap' | 'header' | 'body', dropBytes: number): void {
    this.#inside = next;
    this.#start += dropBytes;
    this.#searched = 0;
  }

  #append(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#buffer.length) {
      const needed = this.#pending() + chunk.length;
      const room = needed * 2 > this.#buffer.length ? Buffer.alloc(needed * 2) : this.#buffer;
      this.#buffer.copy(room, 0, this.#start, this.#end);
      this.#buffer = room;
      this.#end -= this.#start;
      this.#start = 0;
    }
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }
}

/** The boundary of a multipart Content-Type; null for any other type. */
export function boundaryOf(contentType: string): string | null {
  if (!/^multipart\//i.test(contentType)) return null;
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  return quoted ?? plain ?? null;
}
