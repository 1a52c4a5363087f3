/** Rows of a kernel seen as a matrix with a column per output, written out with loops. */
export function matrixOf(data: ArrayLike<number>, shape: readonly number[], outputAxis: number): number[][] {
  const columns = shape[outputAxis]!;
  const inner = shape.slice(outputAxis + 1).reduce((a, b) => a * b, 1);
  const rows: number[][] = Array.from({ length: data.length / columns }, () => []);
  Array.from(data).forEach((value, at) => {
    const column = Math.floor(at / inner) % columns;
    const row = Math.floor(at / (inner * columns)) * inner + (at % inner);
    rows[row]![column] = value;
  });
  return rows;
}

/** The largest singular value: the root of the largest eigenvalue of WᵀW, by Jacobi's rotations. */
export function largestSingularValue(w: number[][]): number {
  const n = w[0]!.length;
  const a = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => w.reduce((s, row) => s + row[i]! * row[j]!, 0)),
  );
  for (let sweep = 0; sweep < 50; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p]![q]!) < 1e-15) continue;
        const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let k = 0; k < n; k++)
          [a[k]![p], a[k]![q]] = [c * a[k]![p]! - s * a[k]![q]!, s * a[k]![p]! + c * a[k]![q]!];
        for (let k = 0; k < n; k++)
          [a[p]![k], a[q]![k]] = [c * a[p]![k]! - s * a[q]![k]!, s * a[p]![k]! + c * a[q]![k]!];
      }
    }
  }
  return Math.sqrt(Math.max(...a.map((row, i) => row[i]!)));
}
