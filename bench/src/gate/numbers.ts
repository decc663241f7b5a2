/** `1-3,7` as [1, 2, 3, 7]. @throws RangeError for anything else */
export function parseSeeds(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === undefined || from > to || to - from > 10_000)
      throw new RangeError(`--seeds ${text}: expected numbers and ranges, such as 1-3,7`);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

export function percent(share: number | null, digits = 1): string {
  return share === null ? '-' : `${(100 * share).toFixed(digits)}%`;
}
