/** `: did you mean "x"?` for the closest known word, or the list of known words where none is close. */
export function didYouMean(word: string, known: readonly string[]): string {
  const mostEdits = Math.max(2, Math.floor(word.length / 3));
  const [closest] = known
    // Words differ by at least what their lengths differ by; a word of a whole page is compared with none.
    .filter((candidate) => Math.abs(candidate.length - word.length) <= mostEdits)
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  const isClose = closest !== undefined && closest.distance <= mostEdits;
  return isClose ? `: did you mean "${closest.candidate}"?` : `: known are ${known.join(', ')}`;
}

/** Levenshtein distance: insertions, deletions and replacements that turn one word into the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(to).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
