import { expect, it } from 'vitest';
import { createTranscript } from './transcript.ts';

it('tells each step with its time, and keeps what was measured', () => {
  let timeMs = 500;
  const lines: string[] = [];
  const transcript = createTranscript(
    (line) => lines.push(line),
    () => timeMs,
  );
  timeMs = 12_840;
  transcript.step('everything is up');
  transcript.figure('frames lost', '0');
  expect(lines).toEqual([' 12.3 s  everything is up', '         frames lost: 0']);
  expect(transcript.figures.get('frames lost')).toBe('0');
});
