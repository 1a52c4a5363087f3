import { describe, expect, test } from 'vitest';
import { draw } from '../../reference/draw.ts';
import { primitiveExamples } from '../../tensor/examples.ts';
import { difference, keepStarted } from '../compare.ts';
import { programOf } from '../twice-differentiated.ts';

const TOLERANCE = 2e-5;

describe.each(['wasm', 'cpu'])(
  'on %s every primitive and its gradients agree with the reference',
  (engine) => {
    keepStarted(engine);

    test.each(primitiveExamples)('$title', async (example) => {
      const program = programOf(example);
      const inputs = Object.fromEntries(
        example.inputs.map((input, index) => [`x${index}`, draw(input, index + 1).data]),
      );
      expect(await difference(engine, program, inputs)).toBeLessThan(TOLERANCE);
    });
  },
);
