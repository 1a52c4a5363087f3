import type { Value } from '../builder.ts';
import { callable, type Primitive, ProgramError, type Signature } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { type Shape, sameShape, showShape } from '../shapes.ts';

export type MatmulAttributes = { readonly transposeA: boolean; readonly transposeB: boolean };

/** Rows and columns of a factor as the product sees it. */
function sides({ shape }: { readonly shape: Shape }, transposed: boolean): [rows: number, columns: number] {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  return transposed ? [columns, rows] : [rows, columns];
}

const definition: Primitive<MatmulAttributes> = {
  name: 'matmul',
  summary: 'matrix product over the last two axes, either factor transposed; the leading axes are equal',
  family: 'contract',
  infer([a, b], { transposeA, transposeB }) {
    const batch = a!.shape.slice(0, -2);
    const fits =
      a!.shape.length >= 2 &&
      sameShape(batch, b!.shape.slice(0, -2)) &&
      b!.shape.length === a!.shape.length &&
      a!.dtype === 'f32' &&
      b!.dtype === 'f32' &&
      sides(a!, transposeA)[1] === sides(b!, transposeB)[0];
    if (!fits) {
      const factor = (x: Signature, transposed: boolean) =>
        `${x.dtype} ${showShape(x.shape)}${transposed ? ' (transposed)' : ''}`;
      throw new ProgramError(`matmul of ${factor(a!, transposeA)} and ${factor(b!, transposeB)}`);
    }
    return { shape: [...batch, sides(a!, transposeA)[0], sides(b!, transposeB)[1]], dtype: 'f32' };
  },
  gradient({ inputs: [a, b], attributes: { transposeA, transposeB }, needed }, d) {
    // With op(A)·op(B) = C: the gradient of op(A) is D·op(B)ᵀ, that of op(B) is op(A)ᵀ·D; where a factor was
    // transposed, so is its gradient.
    const forA = () =>
      transposeA
        ? matmul(b!, d, { transposeA: transposeB, transposeB: true })
        : matmul(d, b!, { transposeB: !transposeB });
    const forB = () =>
      transposeB
        ? matmul(d, a!, { transposeA: true, transposeB: transposeA })
        : matmul(a!, d, { transposeA: !transposeA });
    return [needed[0] ? forA() : null, needed[1] ? forB() : null];
  },
  flops: ([a], output, { transposeA }) => 2 * sizeOf(output.shape) * sides(a!, transposeA)[1],
  examples: [
    {
      inputs: [
        [2, 3],
        [3, 4],
      ],
      attributes: { transposeA: false, transposeB: false },
    },
    {
      inputs: [
        [3, 2],
        [3, 4],
      ],
      attributes: { transposeA: true, transposeB: false },
    },
    {
      inputs: [
        [2, 3],
        [4, 3],
      ],
      attributes: { transposeA: false, transposeB: true },
    },
    {
      inputs: [
        [2, 3, 2],
        [2, 2, 3],
      ],
      attributes: { transposeA: true, transposeB: true },
    },
  ],
};

/** The matrix product over the last two axes; leading axes are equal in both and go along. */
export const matmul = callable(
  definition,
  (a: Value, b: Value, attributes: Partial<MatmulAttributes> = {}): Value =>
    a.builder.apply(definition, [a, b], { transposeA: false, transposeB: false, ...attributes }),
);
