import fc from 'fast-check';
import * as t from '../../compiler/tensor/index.ts';
import { draw } from '../reference/draw.ts';
import type { Numbers } from '../reference/interpreter.ts';

/** A program, with what to run it on. */
export interface Runnable {
  readonly program: t.Program;
  readonly inputs: Numbers;
  readonly state: Numbers;
}

/** Takes one whole number after the other from a list; 0 when there are no more. */
type Choose = (below: number) => number;

const SHAPES = [[2, 3], [3], [], [2, 1], [1, 2, 3]] as const;

/** One step of a program: a new value from those at hand, or null where the choice does not fit. */
type Step = (pool: readonly t.Value[], choose: Choose) => t.Value | null;

const unary = [t.neg, t.tanh, t.sin, t.relu, t.abs, t.stopGradient, t.leakyRelu] as const;
const binary = [t.add, t.sub, t.mul, t.maximum, t.minimum] as const;
const numbers = [0, 1, -1, 2, 0.5] as const;

function pick<T>(list: readonly T[], choose: Choose): T {
  return list[choose(list.length)]!;
}

/** A value at hand, mostly one of the last, so that steps follow on each other. */
function any(pool: readonly t.Value[], choose: Choose): t.Value {
  const near = choose(4) > 0;
  return pool[pool.length - 1 - choose(near ? 2 : pool.length)]!;
}

function fits(a: t.Value, b: t.Value): boolean {
  const rank = Math.min(a.shape.length, b.shape.length);
  return Array.from({ length: rank }, (_, at) => [a.shape.at(-1 - at)!, b.shape.at(-1 - at)!]).every(
    ([x, y]) => x === y || x === 1 || y === 1,
  );
}

const steps: readonly Step[] = [
  (pool, choose) => pick(unary, choose)(any(pool, choose)),
  (pool, choose) => {
    const [a, b] = [any(pool, choose), any(pool, choose)];
    return fits(a, b) ? pick(binary, choose)(a, b) : null;
  },
  (pool, choose) => pick(binary, choose)(any(pool, choose), pick(numbers, choose)),
  (pool, choose) => pick(binary, choose)(pick(numbers, choose), any(pool, choose)),
  (pool, choose) => t.pow(any(pool, choose), pick([1, 2], choose)),
  (pool, choose) => t.select(t.greater(any(pool, choose), 0), 1, pick(numbers, choose)),
  (pool, choose) => {
    const x = any(pool, choose);
    return x.shape.length > 1 ? t.transpose(x, pick(orders(x.shape.length), choose)) : null;
  },
  (pool, choose) => {
    const x = any(pool, choose);
    return t.reshape(x, pick([[t.sizeOf(x.shape)], [1, ...x.shape], [...x.shape, 1]], choose));
  },
  (pool, choose) => {
    const x = any(pool, choose);
    return t.broadcast(x, pick([x.shape, [2, ...x.shape]], choose));
  },
  (pool, choose) => {
    const x = any(pool, choose);
    return x.shape.length > 0 ? t.sum(x, choose(x.shape.length), choose(2) === 1) : null;
  },
  (pool, choose) => {
    const x = any(pool, choose);
    if (x.shape.length === 0) return null;
    const axis = choose(x.shape.length);
    const both = t.concat([x, t.mul(x, 2)], axis);
    const begin = x.shape.map((_, other) => (other === axis ? choose(x.shape[axis]! + 1) : 0));
    return t.slice(both, begin, x.shape);
  },
  (pool, choose) => {
    const x = any(pool, choose);
    const some = x.shape.map(() => choose(2));
    return t.pad(x, { before: some, after: x.shape.map(() => choose(2)) });
  },
  ([first], choose) => t.constant(first!.builder, pick(numbers, choose), pick(SHAPES, choose)),
  ([first], choose) => {
    const key = t.input(first!.builder, { name: 'key', shape: [4], dtype: 'i32', from: { kind: 'key' } });
    return t.sub(t.uniform(key, pick(SHAPES, choose), choose(2)), 0.5);
  },
];

/** Some permutations of so many axes. */
function orders(rank: number): number[][] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return [axes.toReversed(), [...axes.slice(1), 0], [rank - 1, ...axes.slice(0, -1)]];
}

/** Keeps the tensors of a random program small. */
const MAX_SIZE = 200;

function build(choices: readonly number[]): Runnable {
  let next = 0;
  const choose: Choose = (below) => (choices[next++] ?? 0) % below;
  const builder = new t.Builder('random');
  const pool = SHAPES.slice(0, 3).map((shape, index) =>
    t.input(builder, { name: `x${index}`, shape, dtype: 'f32', from: { kind: 'count' } }),
  );
  const weight = t.state(builder, { path: 'w', shape: [2, 3], dtype: 'f32', role: 'weight' });
  pool.push(weight);
  while (next < choices.length) {
    const value = pick(steps, choose)(pool, choose);
    if (value && t.sizeOf(value.shape) <= MAX_SIZE) pool.push(t.tanh(value), value);
  }
  const loss = t.mean(t.tanh(pool.at(-1)!));
  const [slope] = t.gradients(loss, [weight]);
  builder.output('loss', loss);
  builder.output('last', pool.at(-1)!);
  builder.output('curvature', t.gradients(t.sum(t.square(slope!)), [pool[0]!])[0]!);
  builder.assign('w', t.sub(weight, slope!));
  return {
    program: builder.finish(),
    inputs: {
      ...Object.fromEntries(
        SHAPES.slice(0, 3).map((shape, index) => [`x${index}`, draw({ shape }, index + 1).data]),
      ),
      key: [5, 0, 1, 0],
    },
    state: { w: draw({ shape: [2, 3] }, 9).data },
  };
}

/** Programs that use what the passes rewrite, with a gradient and a gradient of it. */
export const randomPrograms = fc.array(fc.nat({ max: 1000 }), { minLength: 4, maxLength: 60 }).map(build);
