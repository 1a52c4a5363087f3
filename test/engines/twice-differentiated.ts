import * as t from '../../compiler/tensor/index.ts';
import type { NamedExample } from '../tensor/examples.ts';

/** The value of an example, its gradients with respect to all f32 inputs, and theirs once more. */
export function programOf({ primitive, example, inputs }: NamedExample): t.Program {
  const builder = new t.Builder('example');
  const values = inputs.map(({ shape, dtype = 'f32' }, index) =>
    t.input(builder, { name: `x${index}`, shape, dtype, from: { kind: 'count' } }),
  );
  const y = builder.apply(primitive, values, example.attributes);
  builder.output('y', y);
  const sources = values.filter(({ dtype }) => dtype === 'f32');
  if (y.dtype !== 'f32' || primitive.flat || sources.length === 0) return builder.finish();
  const first = t.gradients(t.sum(t.mul(y, t.sin(y))), sources);
  first.forEach((gradient, index) => {
    builder.output(`first ${index}`, gradient);
  });
  const again = first
    .map((gradient) => t.sum(t.mul(gradient, t.cos(gradient))))
    .reduce((a, b) => t.add(a, b));
  t.gradients(again, sources).forEach((gradient, index) => {
    builder.output(`second ${index}`, gradient);
  });
  return builder.finish();
}
