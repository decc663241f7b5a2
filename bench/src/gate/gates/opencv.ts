import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { clipSize } from '../clips/clip.ts';
import type { GateRun, OnMarks } from './gate-run.ts';
import { marksSchema, settingSchema } from './gate-run.ts';
import { packedLuma } from './packed-luma.ts';

const program = join(import.meta.dirname, '../../../reference/gates.py');

/** Frigate's algorithm, MOG2, KNN and plain difference, in a Python process with OpenCV. */
export async function runOpencv(python: string, curves: boolean, onMarks: OnMarks): Promise<GateRun> {
  const sizes = [String(clipSize.width), String(clipSize.height)];
  const child = spawn(python, [program, 'stream', ...sizes, ...(curves ? ['--curves'] : [])], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  child.stdin.on('error', () => {}); // told when its lines end
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  async function nextLine(): Promise<unknown> {
    const line = await lines.next();
    if (line.done === true) throw new Error(`gates.py ended early: ${complaint.trim().split('\n').at(-1)}`);
    return JSON.parse(line.value);
  }

  const settings = z.array(settingSchema).parse(await nextLine());
  let frames = 0;
  return {
    settings,
    async add(frame, luma) {
      if (!child.stdin.write(packedLuma(luma))) await once(child.stdin, 'drain');
      frames = frame + 1;
      // One frame under way: Python looks at it while the next one is drawn.
      if (frame > 0) onMarks(frame - 1, z.array(marksSchema).parse(await nextLine()));
    },
    async finish() {
      child.stdin.end();
      if (frames > 0) onMarks(frames - 1, z.array(marksSchema).parse(await nextLine()));
      return z.array(z.number()).parse(await nextLine());
    },
  };
}
