/**
 * Pairs rows with columns so that the sum of costs is smallest: the Hungarian method with potentials, O(n²m)
 * (Kuhn, 1955; Munkres, 1957; Jonker and Volgenant, 1987, for shortest augmenting paths).
 * @param costs a matrix of finite numbers, rows of equal length
 * @returns for each row its column, or -1: as many pairs as the shorter side has
 */
export function assign(costs: readonly (readonly number[])[]): number[] {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  if (rows <= columns) return assignRows(rows, columns, (row, column) => costs[row]?.[column] ?? 0);
  const rowOf = assignRows(columns, rows, (column, row) => costs[row]?.[column] ?? 0);
  const assigned = Array<number>(rows).fill(-1);
  for (const [column, row] of rowOf.entries()) assigned[row] = column;
  return assigned;
}

/** @param n at most `m` */
function assignRows(n: number, m: number, cost: (row: number, column: number) => number): number[] {
  const none = -1;
  const rowPotential = new Float64Array(n);
  const columnPotential = new Float64Array(m + 1);
  // Column `m` is where the row that is being placed comes from.
  const rowOf = new Int32Array(m + 1).fill(none);

  for (let row = 0; row < n; row++) {
    const slack = new Float64Array(m).fill(Number.POSITIVE_INFINITY);
    const cameFrom = new Int32Array(m).fill(m);
    const visited = new Uint8Array(m + 1);
    rowOf[m] = row;
    let column = m;
    while (at(rowOf, column) !== none) {
      visited[column] = 1;
      const current = at(rowOf, column);
      let [delta, next] = [Number.POSITIVE_INFINITY, m];
      for (let j = 0; j < m; j++) {
        if (visited[j]) continue;
        const reduced = cost(current, j) - at(rowPotential, current) - at(columnPotential, j);
        if (reduced < at(slack, j)) {
          slack[j] = reduced;
          cameFrom[j] = column;
        }
        if (at(slack, j) < delta) [delta, next] = [at(slack, j), j];
      }
      for (let j = 0; j <= m; j++) {
        if (visited[j]) {
          const r = at(rowOf, j);
          rowPotential[r] = at(rowPotential, r) + delta;
          columnPotential[j] = at(columnPotential, j) - delta;
        } else if (j < m) slack[j] = at(slack, j) - delta;
      }
      column = next;
    }
    while (column !== m) {
      const previous = at(cameFrom, column);
      rowOf[column] = at(rowOf, previous);
      column = previous;
    }
  }
  const assigned = Array<number>(n).fill(none);
  for (let j = 0; j < m; j++) if (at(rowOf, j) !== none) assigned[at(rowOf, j)] = j;
  return assigned;
}

function at(values: Float64Array | Int32Array, index: number): number {
  return values[index] ?? 0;
}
