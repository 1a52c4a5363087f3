import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../../runtime/engines/engine.ts';
import { openEngine } from '../../../runtime/engines/index.ts';
import { draw } from '../../reference/draw.ts';
import { primitiveExamples } from '../../tensor/examples.ts';
import { difference } from './compare.ts';
import { programOf } from './twice-differentiated.ts';

const TOLERANCE = 2e-5;

describe.each(['wasm', 'cpu'])(
  'on %s every primitive and its gradients agree with the reference',
  (engine) => {
    let keepsDeviceAlive: Session;
    beforeAll(async () => {
      keepsDeviceAlive = await openEngine(engine).open({ version: 1, state: [], programs: {} });
    });
    afterAll(() => keepsDeviceAlive.close());

    test.each(primitiveExamples)('$title', async (example) => {
      const program = programOf(example);
      const inputs = Object.fromEntries(
        example.inputs.map((input, index) => [`x${index}`, draw(input, index + 1).data]),
      );
      expect(await difference(engine, program, inputs)).toBeLessThan(TOLERANCE);
    });
  },
);
