import { expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { draw } from '../reference/draw.ts';
import { interpret, type Numbers } from '../reference/interpreter.ts';

// sgd with lr 1 moves a weight by its gradient, so that the gradient can be read off.

/** The train block of a loss that rests on slopes of scores. */
const training = (times: number, judge: string, maker: string, made = '') => `
train on faces {
  batch: 2
  steps: 10
  y    = faces.class
  fake = G(z, y)${made}
  update D {
    times: ${times}
    loss: ${judge}
    optimizer: sgd(lr: 1)
  }
  update G {
    loss: ${maker}
    optimizer: sgd(lr: 1)
  }
}
`;

const wganGp = training(
  5,
  'mean(D(fake, y)) - mean(D(faces.image, y)) + 10 * gradient_penalty(D(_, y), faces.image, fake)',
  '-mean(D(fake, y))',
);
const wganLp = training(
  5,
  `mean(D(fake, y)) - mean(D(faces.image, y))
      + 10 * mean(square(maximum(0, example_norm(gradient(D(_, y), fake)) - 0.1)))`,
  '-mean(D(fake, y))',
);
const logan = training(
  1,
  'mean(softplus(D(better, y))) + mean(softplus(-D(faces.image, y)))',
  'mean(softplus(-D(better, y)))',
  `
  uphill = gradient(D(G(_, y), y), z)
  better = G(z + 0.9 * uphill / (0.1 + square(example_norm(uphill))), y)`,
);

const networks = `
gan 1

latent z: normal(3)

data faces from folder("faces") {
  image: [8, 8, 1] in [-1, 1]
  class: label(3)
}

generator G(z, y: faces.class) -> faces.image {
  concat(z, y -> embed(2)) -> dense(64) -> reshape(8, 8, 1) -> tanh
}

discriminator D(x: faces.image, y: faces.class) -> [1] {
  h = x -> conv2d(3, kernel: 4, stride: 2) -> layer_norm -> leaky_relu(0.2)
        -> conv2d(4, kernel: 4, stride: 2) -> tanh
        -> flatten
  return (h -> dense(1)) + dot(h -> dense(5), y -> embed(5))
}
`;

test.each([
  ['WGAN-GP', wganGp, 5],
  ['WGAN-LP', wganLp, 5],
  ['LOGAN', logan, 1],
])(
  'a step of %s has the gradients that finite differences have',
  (_, train, times) => {
    const { compiled, diagnostics } = compile(new SourceFile('a.gan', networks + train));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(compiled!.step[0]).toEqual({ program: 'update.D', times, losses: ['loss D'], lazily: [] });
    const { programs } = compiled!.set;
    const start: Numbers = interpret(programs.init!, { key: [4, 0, 0, 0] }).state;
    const inputs: Numbers = {
      key: [1, 0, 0, 0],
      count: [1],
      'faces.image': draw({ shape: [2, 8, 8, 1] }, 1).data,
      'faces.class': [2, 0],
    };

    for (const name of ['update.D', 'update.G']) {
      const program = programs[name]!;
      const after = interpret(program, inputs, start).state;
      const { value: loss } = program.outputs[0]!;
      const forward = { ...program, nodes: program.nodes.slice(0, loss + 1), updates: [] };
      const lossAt = (state: Numbers) => Object.values(interpret(forward, inputs, state).outputs)[0]![0]!;
      const moved = Object.keys(start).filter((path) => after[path] !== start[path]);
      expect(moved.length).toBeGreaterThan(0);
      expect(moved.every((path) => path.startsWith(`${name.at(-1)}/`))).toBe(true);
      for (const path of moved) {
        const weight = Array.from(start[path]!);
        let [worst, largest] = [0, 1e-3];
        const every = Math.max(1, Math.floor(weight.length / 9));
        for (let element = 0; element < weight.length; element += every) {
          const gradient = weight[element]! - after[path]![element]!;
          const at = (shift: number) =>
            lossAt({ ...start, [path]: weight.with(element, weight[element]! + shift) });
          const difference = (at(1e-5) - at(-1e-5)) / 2e-5;
          worst = Math.max(worst, Math.abs(gradient - difference));
          largest = Math.max(largest, Math.abs(difference));
        }
        expect(worst / largest, path).toBeLessThan(1e-5);
      }
    }
  },
  60_000,
);
