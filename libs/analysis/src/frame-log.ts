import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { AnalysedFrame } from './analysed-frame.ts';
import { analysedFrameSchema } from './analysed-frame.ts';

/**
 * The analysed frames of one input, in order, in a file of their own: inputs are analysed side by side and
 * written one after the other, whatever their length.
 */
export class FrameLog {
  readonly #path: string;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  static async create(path: string): Promise<FrameLog> {
    return new FrameLog(path, await open(path, 'wx'));
  }

  async append(frame: AnalysedFrame): Promise<void> {
    await this.#file.appendFile(`${JSON.stringify(frame)}\n`);
  }

  /** Nothing is appended after this; then it can be read. */
  async finish(): Promise<void> {
    await this.#file.close();
  }

  async *frames(): AsyncGenerator<AnalysedFrame> {
    for await (const line of this.lines()) yield analysedFrameSchema.parse(JSON.parse(line));
  }

  /** Each frame as a line of JSON. */
  async *lines(): AsyncGenerator<string> {
    await using file = await open(this.#path, 'r');
    yield* file.readLines();
  }
}
