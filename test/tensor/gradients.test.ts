import { describe, expect, test } from 'vitest';
import { cast } from '../../compiler/tensor/primitives/cast.ts';
import { deviation } from '../reference/finite-differences.ts';
import { primitiveExamples } from './examples.ts';

describe('first and second order gradients of every primitive agree with finite differences', () => {
  // stop_gradient says of itself that it is constant; finite differences know better.
  const examples = primitiveExamples.filter(
    ({ primitive, inputs }) =>
      primitive.name !== 'stop_gradient' && inputs.some((input) => input.dtype === 'f32'),
  );
  test.each(examples)('$title', ({ primitive, example, inputs }) => {
    const found = deviation(
      (values, builder) => cast(builder.apply(primitive, values, example.attributes), 'f32'),
      inputs,
    );
    expect(found.first).toBeLessThan(1e-7);
    expect(found.second).toBeLessThan(1e-6);
  });
});

describe('the decomposition of every composite', () => {
  const composites = primitiveExamples.filter(({ primitive }) => primitive.decompose);
  test.each(composites)('$title has the right gradients too', ({ primitive, example, inputs }) => {
    const found = deviation((values) => primitive.decompose!(values, example.attributes), inputs);
    expect(found.first).toBeLessThan(1e-7);
    expect(found.second).toBeLessThan(1e-6);
  });
});
