import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { type Program, sizeOf } from '../../compiler/tensor/index.ts';
import type { TensorData } from '../../runtime/engines/engine.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { interpret } from '../reference/interpreter.ts';
import { excess, largest, type Numbers } from './distance.ts';
import { compiledWith, FOLDER, readTensors, type Tensors, within } from './fixture.ts';

/**
 * The programs of the specs in this folder against the same networks in PyTorch: pictures, losses, and everything that one
 * step of training leaves, from the same weights. `make_fixtures.py` wrote down what PyTorch gives.
 */

const names = ['dcgan', 'wgan-gp', 'sagan', 'stylegan2', 'pix2pix'];

/** What a step and a sample give, whoever ran them. */
interface Outcome {
  readonly picture: Numbers;
  readonly losses: Readonly<Record<string, Numbers>>;
  readonly state: Readonly<Record<string, Numbers>>;
}

const fixtures = new Map(names.map((name) => [name, readTensors(path.join(FOLDER, `${name}.safetensors`))]));

/** The state before the step; what Adam keeps is zero. */
function stateBefore({ set }: Compiled, tensors: Tensors): Record<string, TensorData> {
  const before = within(tensors, 'before');
  return Object.fromEntries(
    set.state.map(({ path: at, shape, role }) => {
      const values = before.get(at)?.values;
      if (!values && role !== 'slot') throw new Error(`the fixture has no ${at}`);
      return [at, values ?? new Float32Array(sizeOf(shape))];
    }),
  );
}

function inputsOf({ inputs }: Program, given: Tensors): Record<string, TensorData> {
  return Object.fromEntries(
    inputs.map(({ name, from }) => {
      if (from.kind === 'key') return [name, Int32Array.of(1, 0, 0, 0)];
      if (from.kind === 'count') return [name, Float32Array.of(1)];
      return [name, given.get(name)!.values];
    }),
  );
}

/** Samples, then takes a step, by way of `run`, which keeps the state. */
async function outcome(
  { set, step }: Compiled,
  tensors: Tensors,
  run: (program: Program, inputs: Record<string, TensorData>) => Promise<Readonly<Record<string, Numbers>>>,
): Promise<Omit<Outcome, 'state'>> {
  const sample = set.programs['sample.G']!;
  const picture = (await run(sample, inputsOf(sample, within(tensors, 'sample')))).G!;
  const losses: Record<string, Numbers> = {};
  for (const { program: name } of step) {
    const program = set.programs[name]!;
    const outputs = await run(program, inputsOf(program, within(tensors, 'data')));
    const network = name.replace('update.', '');
    losses[network] = outputs[`loss ${network}`]!;
  }
  return { picture, losses };
}

async function byReference(compiled: Compiled, tensors: Tensors): Promise<Outcome> {
  let state: Readonly<Record<string, Numbers>> = stateBefore(compiled, tensors);
  const found = await outcome(compiled, tensors, async (program, inputs) => {
    const after = interpret(program, inputs, state);
    state = after.state;
    return after.outputs;
  });
  return { ...found, state };
}

async function byEngine(engine: string, compiled: Compiled, tensors: Tensors): Promise<Outcome> {
  const session = await openEngine(engine).open(compiled.set, { threads: 1 });
  try {
    await session.writeState(new Map(Object.entries(stateBefore(compiled, tensors))));
    const found = await outcome(compiled, tensors, (program, inputs) => session.run(program.name, inputs));
    return { ...found, state: Object.fromEntries(await session.readState()) };
  } finally {
    await session.close();
  }
}

/**
 * Everything within `tolerance` of the largest number of its tensor, of its network for what is a gradient; and weights
 * within a hundredth of the step that Adam takes, which is ± lr at first, whatever the size of the gradient.
 *
 * Where a gradient is nothing but rounding (that of a bias before a batch norm is 0, sums of many numbers cancel to it),
 * rounding chooses the sign, and such an element may lie two steps off. Below `rounding` of the largest gradient of the
 * network, a gradient is taken for that.
 */
function expectSame(found: Outcome, tensors: Tensors, tolerance: number, rounding: number): void {
  const near = (name: string, numbers: Numbers, values: Numbers, scale = largest(values)) =>
    expect(excess(numbers, values), name).toBeLessThanOrEqual(tolerance * scale);
  near('picture', found.picture, tensors.get('sample/G')!.values);
  for (const [name, { values }] of within(tensors, 'loss'))
    near(`loss ${name}`, found.losses[name]!, values, 1);

  const after = within(tensors, 'after');
  const before = within(tensors, 'before');
  expect(new Set(Object.keys(found.state))).toEqual(new Set(after.keys()));
  for (const network of ['G', 'D']) {
    const weights = [...after.keys()].filter((name) => after.has(`adam/${name}/v`) && name[0] === network);
    const gradient = (name: string) => Array.from(after.get(`adam/${name}/v`)!.values, Math.sqrt);
    const gradients = Math.max(...weights.map((name) => largest(gradient(name))));
    const step = Math.max(
      ...weights.map((name) => excess(after.get(name)!.values, before.get(name)!.values)),
    );
    expect(weights.length).toBeGreaterThan(3);
    for (const name of weights) {
      const { values } = after.get(name)!;
      const sizes = gradient(name);
      near(`gradient of ${name}`, Array.from(found.state[`adam/${name}/v`]!, Math.sqrt), sizes, gradients);
      const m = `adam/${name}/m`;
      if (after.has(m)) near(m, found.state[m]!, after.get(m)!.values, gradients);
      const allowed = (at: number) => (sizes[at]! < rounding * gradients ? 2 * step : 0);
      const least = Math.min(tolerance * largest(values), step / 100);
      expect(excess(found.state[name]!, values, allowed), name).toBeLessThanOrEqual(least);
    }
  }
  for (const [name, { values }] of after) {
    const isTrained = name.startsWith('adam/') || after.has(`adam/${name}/v`);
    if (!isTrained) near(name, found.state[name]!, values);
  }
}

describe.each(names)('%s gives what PyTorch gives', (name) => {
  const tensors = fixtures.get(name)!;

  test('in float64', async () => {
    // The fixture is rounded to f32, nothing else is.
    expectSame(await byReference(compiledWith(name, tensors), tensors), tensors, 1e-6, 0);
  });

  describeOn(['tensorflow', 'wasm'], 'in float32', (engine) => {
    test('to 1e-4', async () => {
      expectSame(await byEngine(engine, compiledWith(name, tensors), tensors), tensors, 1e-4, 1e-5);
    });
  });
});
