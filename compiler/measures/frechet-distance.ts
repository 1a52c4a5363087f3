import type { Measure, SeenSamples } from './measure.ts';
import { unlessAlike } from './parts/alike.ts';
import { symmetricEigen } from './parts/symmetric-eigen.ts';

/** Features that can be decomposed in some seconds. */
const MOST_FEATURES = 1024;

export const frechetDistance: Measure = {
  name: 'frechet_distance',
  summary: 'how far features of samples are from those of the data, in mean and covariance',
  documentation: `
\`frechet_distance(vgg(G(z)).conv4 -> global_avg_pool, vgg(faces.image).conv4 -> global_avg_pool)\`: both sets of features are taken for normal
distributions N(m₁, S₁) and N(m₂, S₂), whose Fréchet (2-Wasserstein) distance squared is |m₁ − m₂|² + tr(S₁ + S₂ − 2 (S₁ S₂)^½).

The features are what the spec says, of a network that it names, so the number belongs to that network, to that number of samples and
to that data. It is not FID, which is this formula over one layer of one Inception network and 50,000 samples, and cannot be
compared with it. Fewer samples make it larger: more of them than features are needed at least.

Heusel et al., *GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium*, 2017. Dowson & Landau, *The
Fréchet distance between multivariate normal distributions*, 1982.
`,
  inputs: [
    { name: 'made', takes: 'samples', summary: 'features of samples, [n]' },
    { name: 'real', takes: 'samples', summary: 'the same features of data' },
  ],
  arguments: [],
  figures: [
    {
      name: 'distance',
      summary: 'squared Fréchet distance of the features as normal distributions',
      better: 'less',
    },
  ],
  refuses(query) {
    const { shapes, samples } = query;
    const made = shapes.get('made')!;
    if (made.length !== 1)
      return { name: 'made', wanted: 'a vector for each sample, such as vgg(G(z)).conv4 -> global_avg_pool' };
    const [features] = made as [number];
    if (features > MOST_FEATURES)
      return { name: 'made', wanted: `at most ${MOST_FEATURES} features, such as those of a pooled layer` };
    if (samples <= features)
      return { name: 'samples', wanted: `more than ${features}, as many as there are features` };
    return unlessAlike(query);
  },
  measure({ samples }) {
    const [made, real] = [momentsOf(samples.get('made')!), momentsOf(samples.get('real')!)];
    const n = made.mean.length;
    const all = [made, real].flatMap(({ mean, covariance }) => [...mean, ...diagonal(covariance, n)]);
    if (!all.every(Number.isFinite)) return { distance: Number.NaN };
    const apart = made.mean.reduce((sum, value, i) => sum + (value - real.mean[i]!) ** 2, 0);
    const traces = [...diagonal(made.covariance, n), ...diagonal(real.covariance, n)];
    const both = traceOfRoot(made.covariance, real.covariance, n);
    return { distance: apart + traces.reduce((a, b) => a + b, 0) - 2 * both };
  },
};

/** tr (S₁ S₂)^½, which is that of S₁^½ S₂ S₁^½: a symmetric matrix. */
function traceOfRoot(first: Float64Array, second: Float64Array, n: number): number {
  const { values, vectors } = symmetricEigen(first, n);
  // Where the eigenvectors are the axes, S₁^½ is diagonal.
  const turned = product(transposed(vectors, n), product(second, vectors, n), n);
  const roots = values.map((value) => Math.sqrt(Math.max(0, value)));
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) turned[i * n + j]! *= roots[i]! * roots[j]!;
  return symmetricEigen(turned, n).values.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
}

function momentsOf({ count, shape: [n], values }: SeenSamples) {
  const size = n!;
  const mean = new Float64Array(size);
  for (let at = 0; at < values.length; at++) mean[at % size]! += values[at]! / count;
  const covariance = new Float64Array(size * size);
  const row = new Float64Array(size);
  for (let start = 0; start < values.length; start += size) {
    for (let i = 0; i < size; i++) row[i] = values[start + i]! - mean[i]!;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) covariance[i * size + j]! += row[i]! * row[j]!;
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) covariance[j * size + i] = covariance[i * size + j]! /= count - 1;
  }
  return { mean, covariance };
}

function diagonal(matrix: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => matrix[i * n + i]!);
}

function transposed(matrix: Float64Array, n: number): Float64Array {
  return Float64Array.from(matrix, (_, at) => matrix[(at % n) * n + Math.floor(at / n)]!);
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]!;
      for (let j = 0; j < n; j++) out[i * n + j]! += factor * b[k * n + j]!;
    }
  }
  return out;
}
