import { WHOLE_TRAINING } from '../../schedules/schedule.ts';
import type { GraphNode } from '../model.ts';
import type { TrainingView } from './training-view.ts';

/**
 * What a loss makes of a score, found by trying: every tensor is taken for one number, the scores in question
 * are given a value, and the loss is computed. So a loss is judged by what it does, however it is written:
 * `bce(D(fake), 0)`, `mean(softplus(D(fake)))` and `-mean(log(1 - (D(fake) -> sigmoid)))` are the same curve.
 */
export function lossAt(
  view: TrainingView,
  loss: number,
  scores: ReadonlyMap<number, number>,
  elsewhere: number,
): number {
  const values = new Map<number, number>();
  const order = [...view.beneath(loss)].sort((a, b) => a - b);
  for (const index of order) {
    const given = scores.get(index);
    const node = view.node(index);
    values.set(
      index,
      given ??
        numberOf(
          node,
          node.inputs.map((input) => values.get(input)!),
          elsewhere,
        ),
    );
  }
  return values.get(loss)!;
}

/** Where the curves are looked at. */
export const SAMPLES = [-6, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 6] as const;
const STEP = 1e-3;

/**
 * The slope of a loss in some of its scores, all moved together, at each of the samples. NaN where it is not
 * known, or where it depends on more than scores: a judge that draws its input again (BEGAN) has no score.
 */
export function slopes(
  view: TrainingView,
  loss: number,
  moved: readonly number[],
  others: readonly number[] = [],
): number[] {
  const at = (value: number, elsewhere: number) => {
    const scores = new Map(others.map((node) => [node, 0]));
    for (const node of moved) scores.set(node, value);
    return lossAt(view, loss, scores, elsewhere);
  };
  const slope = (sample: number, elsewhere: number) =>
    (at(sample + STEP, elsewhere) - at(sample - STEP, elsewhere)) / (2 * STEP);
  return SAMPLES.map((sample) => {
    const [first, second] = [slope(sample, 0.53), slope(sample, 1.57)];
    return Math.abs(first - second) < 1e-6 ? first : Number.NaN;
  });
}

/**
 * How a judge's loss treats its scores. `wasserstein`: in proportion, without end. `hinge`: in proportion up
 * to a margin. `relativistic`: only the difference of real and fake counts. `logistic`: as the log-likelihood
 * of a probability whose sigmoid is in the loss. `other` for everything else.
 */
export type LossFamily = 'wasserstein' | 'hinge' | 'relativistic' | 'logistic' | 'other';

export function familyOf(
  view: TrainingView,
  loss: number,
  real: readonly number[],
  fake: readonly number[],
): LossFamily {
  const bent = (moved: readonly number[], others: readonly number[]) => {
    const found = slopes(view, loss, moved, others);
    if (found.some((slope) => !Number.isFinite(slope))) return null;
    return found;
  };
  const ofFake = bent(fake, real);
  const ofReal = bent(real, fake);
  if (!ofFake || !ofReal) return 'other';
  const flat = (curve: readonly number[]) => curve.every((slope) => Math.abs(slope) < 1e-6);
  if (flat(ofFake) && flat(ofReal)) return 'other';
  const straight = (curve: readonly number[]) => curve.every((slope) => Math.abs(slope - curve[0]!) < 1e-6);
  if (straight(ofFake) && straight(ofReal)) return 'wasserstein';
  const together = bent([...fake, ...real], []);
  if (fake.length > 0 && real.length > 0 && together && flat(together)) return 'relativistic';
  const curves = [ofFake, ofReal].filter((curve) => !flat(curve));
  if (curves.every((curve) => takesFewValues(curve))) return 'hinge';
  if (curves.every(isSigmoid)) return 'logistic';
  return 'other';
}

/** Piecewise straight: away from its corners, two slopes at most. */
function takesFewValues(curve: readonly number[]): boolean {
  const rounded = new Set(curve.map((slope) => Math.round(slope * 1e5)));
  // A corner may lie exactly on a sample, where the measured slope is halfway.
  return rounded.size <= 3;
}

/** A slope of a·sigmoid(s) + b, as bce has for any target. */
function isSigmoid(curve: readonly number[]): boolean {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const first = SAMPLES[0];
  const last = SAMPLES[SAMPLES.length - 1]!;
  const a = (curve[curve.length - 1]! - curve[0]!) / (sigmoid(last) - sigmoid(first));
  if (Math.abs(a) < 1e-6) return false;
  const b = curve[0]! - a * sigmoid(first);
  return curve.every((slope, i) => Math.abs(slope - (a * sigmoid(SAMPLES[i]!) + b)) < 1e-3 * Math.abs(a));
}

/** What a node makes of one number each; NaN for what this does not know, which silences the lints. */
function numberOf(node: GraphNode, inputs: readonly number[], elsewhere: number): number {
  const { op } = node;
  const [a = Number.NaN, b = Number.NaN] = inputs;
  switch (op.kind) {
    case 'number':
      return op.value;
    case 'binary':
      return op.operator === '+' ? a + b : op.operator === '-' ? a - b : op.operator === '*' ? a * b : a / b;
    case 'negate':
      return -a;
    case 'schedule':
      return op.schedule.schedule.value(op.schedule.args, 0, WHOLE_TRAINING);
    case 'state':
      return op.start;
    case 'penalty':
    case 'weight_penalty':
    case 'noise':
      return 0;
    case 'fold_time':
    case 'unfold_time':
      return a;
    case 'layer': {
      const compute = Object.hasOwn(FUNCTIONS, op.layer.name) ? FUNCTIONS[op.layer.name] : undefined;
      if (!compute) return Number.NaN;
      return compute(a, (name) => op.args.number(name), inputs);
    }
    case 'call':
    case 'data':
    case 'latent':
    case 'port':
      return elsewhere;
  }
}

/** Layers and functions that losses are made of, for one number. */
const FUNCTIONS: Readonly<
  Record<string, (x: number, argument: (name: string) => number, inputs: readonly number[]) => number>
> = {
  mean: (x) => x,
  sum: (x) => x,
  example_mean: (x) => x,
  batch_mean: (x) => x,
  top_k: (x) => x,
  // A class is another matter than a score.
  cross_entropy: () => 0,
  flatten: (x) => x,
  reshape: (x) => x,
  pick_frames: (x) => x,
  global_avg_pool: (x) => x,
  avg_pool: (x) => x,
  add: (_, __, inputs) => inputs.reduce((total, x) => total + x, 0),
  maximum: (_, __, inputs) => Math.max(...inputs),
  minimum: (_, __, inputs) => Math.min(...inputs),
  dot: (_, __, inputs) => inputs.reduce((product, x) => product * x, 1),
  abs: Math.abs,
  square: (x) => x * x,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  relu: (x) => Math.max(x, 0),
  leaky_relu: (x, argument) => (x > 0 ? x : argument('slope') * x),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  softplus: (x) => (x > 30 ? x : Math.log1p(Math.exp(x))),
  swish: (x) => x / (1 + Math.exp(-x)),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  clip: (x, argument) => Math.min(Math.max(x, argument('low')), argument('high')),
};
