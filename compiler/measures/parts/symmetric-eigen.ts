/** Eigenvalues of a symmetric matrix, ascending in no order, and its eigenvectors as the columns of a matrix. */
export interface Eigen {
  readonly values: Float64Array;
  /** Row-major: component i of vector j is at i·n + j. */
  readonly vectors: Float64Array;
}

/**
 * Decomposes a symmetric matrix, row-major: Householder reflections make it tridiagonal, QL steps with implicit shifts make that
 * diagonal (Golub & Van Loan, *Matrix Computations*, section 8.3). About 6 n³ operations.
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = Float64Array.from(matrix);
  const { diagonal, beside, vectors } = tridiagonal(a, n);
  diagonalize(diagonal, beside, vectors, n);
  return { values: diagonal, vectors };
}

/** A = Q T Qᵀ with T tridiagonal: its diagonal, what stands beside it, and Q. */
function tridiagonal(a: Float64Array, n: number) {
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    // The reflection that leaves of column k below the diagonal only its first number.
    let length = 0;
    for (let i = k + 1; i < n; i++) length += a[i * n + k]! ** 2;
    length = Math.sqrt(length);
    if (length === 0) continue;
    const first = a[(k + 1) * n + k]!;
    const target = first > 0 ? -length : length;
    let norm = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = a[i * n + k]! - (i === k + 1 ? target : 0);
      norm += v[i]! ** 2;
    }
    if (norm === 0) continue;
    const beta = 2 / norm;
    // A ← H A H with H = 1 − β v vᵀ: a change of rank two.
    let inner = 0;
    for (let i = k; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += a[i * n + j]! * v[j]!;
      p[i] = beta * sum;
      if (i > k) inner += p[i]! * v[i]!;
    }
    const half = (beta / 2) * inner;
    for (let i = k + 1; i < n; i++) p[i]! -= half * v[i]!;
    for (let i = k + 1; i < n; i++) {
      const [vi, pi] = [v[i]!, p[i]!];
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= vi * p[j]! + pi * v[j]!;
    }
    for (let i = k + 1; i < n; i++) a[i * n + k] = a[k * n + i] = i === k + 1 ? target : 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += vectors[i * n + j]! * v[j]!;
      sum *= beta;
      for (let j = k + 1; j < n; j++) vectors[i * n + j]! -= sum * v[j]!;
    }
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => a[i * n + i]!);
  const beside = Float64Array.from({ length: n }, (_, i) => (i < n - 1 ? a[(i + 1) * n + i]! : 0));
  return { diagonal, beside, vectors };
}

/** Rounds that an eigenvalue may take; a few are usual. */
const MOST_ROUNDS = 60;

/** QL steps until nothing stands beside the diagonal; the rotations are gathered in `vectors`. */
function diagonalize(d: Float64Array, e: Float64Array, vectors: Float64Array, n: number): void {
  for (let low = 0; low < n; low++) {
    for (let round = 0; ; round++) {
      let high = low;
      while (high < n - 1) {
        const size = Math.abs(d[high]!) + Math.abs(d[high + 1]!);
        if (Math.abs(e[high]!) <= Number.EPSILON * size) break;
        high++;
      }
      if (high === low) break;
      if (round === MOST_ROUNDS) throw new Error('eigenvalues were not found: a number is not finite');
      // Wilkinson's shift.
      const g = (d[low + 1]! - d[low]!) / (2 * e[low]!);
      let shifted = d[high]! - d[low]! + e[low]! / (g + Math.sign(g || 1) * Math.hypot(g, 1));
      let [sine, cosine, carried] = [1, 1, 0];
      let isSplit = false;
      for (let i = high - 1; i >= low; i--) {
        const [f, b] = [sine * e[i]!, cosine * e[i]!];
        const r = Math.hypot(f, shifted);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1]! -= carried;
          e[high] = 0;
          isSplit = true;
          break;
        }
        sine = f / r;
        cosine = shifted / r;
        const rest = d[i + 1]! - carried;
        const t = (d[i]! - rest) * sine + 2 * cosine * b;
        carried = sine * t;
        d[i + 1] = rest + carried;
        shifted = cosine * t - b;
        for (let row = 0; row < n; row++) {
          const at = row * n + i;
          const [left, right] = [vectors[at]!, vectors[at + 1]!];
          vectors[at + 1] = sine * left + cosine * right;
          vectors[at] = cosine * left - sine * right;
        }
      }
      if (isSplit) continue;
      d[low]! -= carried;
      e[low] = shifted;
      e[high] = 0;
    }
  }
}
