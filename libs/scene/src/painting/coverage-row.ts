/** Sample lines in each row of pixels; across, coverage is exact. */
const linesPerRow = 4;

/** For each pixel of one row, the share that an outline covers. Reused from row to row. */
export class CoverageRow {
  readonly shares: Float32Array;
  /** The columns that the last `cover` touched, end exclusive. */
  first = 0;
  end = 0;
  readonly #crossings: number[] = [];

  constructor(width: number) {
    this.shares = new Float32Array(width);
  }

  /** Computes the shares for `row` of a plane whose pixels are 1 / `scale` wide (even-odd). */
  cover(points: readonly number[], scale: number, row: number, width: number): void {
    this.shares.fill(0, this.first, this.end);
    this.first = width;
    this.end = 0;
    for (let line = 0; line < linesPerRow; line++) {
      const count = this.#cross(points, scale, row + (line + 0.5) / linesPerRow);
      for (let index = 0; index + 1 < count; index += 2) {
        this.#addSpan(Math.max(0, this.#crossings[index]!), Math.min(width, this.#crossings[index + 1]!));
      }
    }
  }

  /** Lists from left to right where the outline crosses the horizontal line at `y`; returns how often it does. */
  #cross(points: readonly number[], scale: number, y: number): number {
    let count = 0;
    let previousX = points[points.length - 2]! * scale;
    let previousY = points[points.length - 1]! * scale;
    for (let index = 0; index < points.length; index += 2) {
      const nextX = points[index]! * scale;
      const nextY = points[index + 1]! * scale;
      if (previousY <= y !== nextY <= y) {
        const x = previousX + ((y - previousY) * (nextX - previousX)) / (nextY - previousY);
        this.#insert(x, count++);
      }
      previousX = nextX;
      previousY = nextY;
    }
    return count;
  }

  #insert(x: number, count: number): void {
    let place = count;
    for (; place > 0 && this.#crossings[place - 1]! > x; place--) {
      this.#crossings[place] = this.#crossings[place - 1]!;
    }
    this.#crossings[place] = x;
  }

  #addSpan(from: number, to: number): void {
    if (to <= from) return;
    const { shares } = this;
    const weight = 1 / linesPerRow;
    const first = Math.floor(from);
    const last = Math.ceil(to) - 1;
    this.first = Math.min(this.first, first);
    this.end = Math.max(this.end, last + 1);
    if (first === last) {
      shares[first]! += (to - from) * weight;
      return;
    }
    shares[first]! += (first + 1 - from) * weight;
    for (let column = first + 1; column < last; column++) shares[column]! += weight;
    shares[last]! += (to - last) * weight;
  }
}
