/** Draws over what it drew before, on a terminal; writes nothing anywhere else. */
export interface Screen {
  draw(lines: readonly string[]): void;
  /** Leaves the last picture standing and gives the cursor back. */
  end(): void;
}

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';

export function createScreen(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): Screen {
  if (!stream.isTTY) return { draw: () => {}, end: () => {} };
  let height = 0;
  return {
    draw(lines) {
      const up = height > 0 ? `\x1b[${height}A` : hideCursor;
      stream.write(`${up}\r${lines.map((line) => `${line}\x1b[K`).join('\n')}\n\x1b[J`);
      height = lines.length;
    },
    end() {
      if (height > 0) stream.write(showCursor);
      height = 0;
    },
  };
}
