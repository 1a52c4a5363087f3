import * as t from '../tensor/index.ts';
import { everyArgument } from './every.ts';
import type { WeightPenalty } from './penalty.ts';

export const orthogonalPenalty: WeightPenalty = {
  name: 'orthogonal_penalty',
  summary: 'keeps the filters of a network perpendicular to each other',
  documentation: `
\`1e-4 * orthogonal_penalty(G)\`, in the loss of the update that trains G, is 1e-4 times the sum over the kernels of G of
|WᵀW ∘ (1 − I)|²: the squares of the inner products of any two columns of W, each pair twice, where W is the kernel as a matrix with
one column per output. How long the columns are is left free, as in BigGAN, whose G then answers truncated latents with whole
pictures. With \`diagonal: true\` it is |WᵀW − I|², which wants columns of length 1, too. A kernel with more outputs than inputs can
have neither, and stays as near as it can.

\`ganc explain weight_penalty\` says which kernels count; a kernel under \`spectral_norm\` counts as it is trained, before it is
divided. BigGAN-PyTorch adds the gradient 2 · strength · W (WᵀW ∘ (1 − I)): its strength is twice the factor here.

Brock, Lim, Ritchie & Weston, *Neural Photo Editing with Introspective Adversarial Networks*, 2017. Brock, Donahue & Simonyan, *Large
Scale GAN Training for High Fidelity Natural Image Synthesis*, 2019, section 3.1: 1e-4, without the diagonal.
`,
  tensors: [],
  arguments: [
    {
      name: 'diagonal',
      kind: 'boolean',
      summary: 'whether columns are to have length 1, too',
      default: false,
    },
    everyArgument,
  ],
  looksAt: 'weights',
  lower({ matrix, args }) {
    const [rows, columns] = matrix.shape as [number, number];
    const isWhole = args.boolean('diagonal');
    return columns > rows ? wide(matrix, isWhole) : tall(matrix, isWhole);
  },
};

function tall(w: t.Value, isWhole: boolean): t.Value {
  const columns = w.shape[1]!;
  const products = t.matmul(w, w, { transposeA: true });
  const places = Array.from({ length: columns }, (_, at) => at);
  const at = (shape: readonly number[]) => t.constant(w.builder, places, shape);
  const isOnDiagonal = t.equal(at([columns, 1]), at([1, columns]));
  return t.sum(t.square(t.select(isOnDiagonal, isWhole ? t.sub(products, 1) : 0, products)));
}

/** A layer of few inputs may have so many outputs that WᵀW fits nowhere; |WᵀW|² is |WWᵀ|². */
function wide(w: t.Value, isWhole: boolean): t.Value {
  const all = t.sum(t.square(t.matmul(w, w, { transposeB: true })));
  const diagonal = t.sum(t.square(w), 0);
  if (!isWhole) return t.sub(all, t.sum(t.square(diagonal)));
  return t.add(t.sub(all, t.mul(t.sum(diagonal), 2)), w.shape[1]!);
}
