import { describe, expect, test } from 'vitest';
import { symmetricEigen } from '../../compiler/measures/parts/symmetric-eigen.ts';
import { draw } from '../reference/draw.ts';

/** V diag(λ) Vᵀ */
function rebuilt({ values, vectors }: ReturnType<typeof symmetricEigen>, n: number): number[] {
  return Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += values[k]! * vectors[i * n + k]! * vectors[j * n + k]!;
    return sum;
  });
}

function symmetric(n: number, seed: number): Float64Array {
  const { data } = draw({ shape: [n, n] }, seed);
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return data[i * n + j]! + data[j * n + i]!;
  });
}

describe('a symmetric matrix is what its eigenvalues and eigenvectors make', () => {
  const low = (n: number) => {
    const { data } = draw({ shape: [n] }, 4);
    return Float64Array.from({ length: n * n }, (_, at) => data[Math.floor(at / n)]! * data[at % n]!);
  };
  test.each([
    ['one number', 1, Float64Array.of(-3)],
    ['two by two', 2, Float64Array.of(2, 1, 1, 2)],
    ['zeros', 3, new Float64Array(9)],
    ['a diagonal with equal numbers', 3, Float64Array.of(5, 0, 0, 0, 5, 0, 0, 0, -1)],
    ['a drawn one', 7, symmetric(7, 1)],
    ['a large one', 60, symmetric(60, 2)],
    ['one of rank 1', 20, low(20)],
    ['tiny numbers', 5, symmetric(5, 3).map((value) => value * 1e-12)],
  ])('%s', (_, n, matrix) => {
    const eigen = symmetricEigen(matrix, n);
    const size = Math.max(...matrix.map(Math.abs));
    for (const [at, value] of rebuilt(eigen, n).entries())
      expect(Math.abs(value - matrix[at]!)).toBeLessThanOrEqual(1e-13 * n * size);
    // The vectors are orthonormal.
    const ones = rebuilt({ values: new Float64Array(n).fill(1), vectors: eigen.vectors }, n);
    for (const [at, value] of ones.entries()) expect(value).toBeCloseTo(at % (n + 1) === 0 ? 1 : 0, 12);
  });
});

test('the eigenvalues of a known matrix', () => {
  const { values } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
  expect([...values].sort()).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
  // Second differences: 2 − 2 cos(kπ / (n + 1)).
  const n = 12;
  const differences = Float64Array.from({ length: n * n }, (_, at) => {
    const apart = Math.abs(Math.floor(at / n) - (at % n));
    return apart === 0 ? 2 : apart === 1 ? -1 : 0;
  });
  const found = [...symmetricEigen(differences, n).values].sort((a, b) => a - b);
  for (const [k, value] of found.entries())
    expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 12);
});

test('a matrix that is not finite is refused, not searched for ever', () => {
  expect(() => symmetricEigen(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2)).toThrow(/not finite/);
});
