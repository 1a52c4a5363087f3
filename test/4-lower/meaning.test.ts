import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import type { Program } from '../../compiler/tensor/index.ts';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { compiled, initialState } from './compiled-text.ts';

const originsOf = (program: Program, op: string) =>
  program.nodes.filter((node) => node.op === op).map(({ origin }) => origin);

describe('per_frame', () => {
  const spec = (judge: string) => `
gan 1
data clips from frames_folder("clips") { video: [4, 4, 4, 1] in [-1, 1] }
discriminator Frames(x: [4, 4, 1]) -> [1] { x -> conv2d(2, kernel: 3) -> relu -> flatten -> dense(1) }
train on clips {
  batch: 2
  steps: 5
  update Frames {
    loss: ${judge}
    optimizer: sgd(lr: 1)
  }
}`;

  test('gives every frame to the network, as a batch of frames', () => {
    const all = compiled(spec('mean(clips.video -> per_frame { Frames })'));
    const program = all.set.programs['update.Frames']!;
    const conv = program.nodes.find(({ op }) => op === 'conv')!;
    expect(conv.shape).toEqual([8, 4, 4, 2]);
    // One by one, frame after frame, the scores have the same mean.
    const video = draw({ shape: [2, 4, 4, 4, 1] }, 3).data;
    const state = initialState(all);
    const whole = interpret(program, { 'clips.video': video, count: [1] }, state).outputs['loss Frames']![0]!;
    const single = compiled(
      spec('mean(clips.video -> per_frame { Frames })').replace('[4, 4, 4, 1]', '[1, 4, 4, 1]'),
    ).set.programs['update.Frames']!;
    const means = [0, 1, 2, 3].map((pair) => {
      const frames = video.subarray(pair * 32, pair * 32 + 32);
      return interpret(single, { 'clips.video': frames, count: [1] }, state).outputs['loss Frames']![0]!;
    });
    expect(whole).toBeCloseTo(means.reduce((a, b) => a + b, 0) / 4, 12);
  });

  test('picks frames in order, one from each stretch, others for each example and step', () => {
    const { set } = compiled(
      spec('mean(clips.video -> pick_frames(2) -> per_frame { Frames })').replace('4, 4, 4, 1', '6, 4, 4, 1'),
    );
    const program = set.programs['update.Frames']!;
    const gather = program.nodes.findIndex(({ op }) => op === 'gather');
    const watched = { ...program, outputs: [{ name: 'picked', value: gather }] };
    // Every frame is filled with its own number.
    const video = Float64Array.from({ length: 2 * 6 * 16 }, (_, at) => Math.floor(at / 16) % 6);
    const state = initialState({ set } as Compiled);
    const seen = [0, 1, 2, 3, 4, 5, 6, 7].map((step) => {
      const { picked } = interpret(
        watched,
        { 'clips.video': video, key: [1, 0, step, 0], count: [1] },
        state,
      ).outputs;
      return [0, 1, 2, 3].map((row) => picked![row * 16]!);
    });
    for (const [a, b, c, d] of seen as [number, number, number, number][]) {
      expect([a, c].every((frame) => frame >= 0 && frame < 3)).toBe(true);
      expect([b, d].every((frame) => frame >= 3 && frame < 6)).toBe(true);
    }
    expect(new Set(seen.flat()).size).toBe(6);
  });

  test.each([
    { call: 'pick_frames(3, every: 2)', starts: [0, 1, 2], step: 2 },
    { call: 'pick_frames(5, every: 1)', starts: [0, 1, 2], step: 1 },
    { call: 'pick_frames(2, from: 1, every: 4)', starts: [1], step: 4 },
    { call: 'pick_frames(3, from: 4)', starts: [4], step: 1 },
  ])('$call takes frames at one distance, from a place of its own for each example', (spoken) => {
    const { call, starts, step } = spoken;
    const { set } = compiled(
      spec(`mean(clips.video -> ${call} -> per_frame { Frames })`).replace('4, 4, 4, 1', '7, 4, 4, 1'),
    );
    const program = set.programs['update.Frames']!;
    const picks = program.nodes.findIndex(({ op, shape }) => op === 'conv' && shape[3] === 2);
    const watched = { ...program, outputs: [{ name: 'picked', value: program.nodes[picks]!.inputs[0]! }] };
    const video = Float64Array.from({ length: 2 * 7 * 16 }, (_, at) => Math.floor(at / 16) % 7);
    const state = initialState({ set } as Compiled);
    const firsts = Array.from({ length: 12 }, (_, at) => {
      const inputs = { 'clips.video': video, key: [1, 0, at, 0], count: [1] };
      const { picked } = interpret(watched, inputs, state).outputs;
      const frames = Array.from({ length: picked!.length / 16 }, (_, row) => picked![row * 16]!);
      const clips = [frames.slice(0, frames.length / 2), frames.slice(frames.length / 2)];
      for (const clip of clips) expect(clip).toEqual(clip.map((_, place) => clip[0]! + place * step));
      return clips.map(([first]) => first!);
    });
    expect([...new Set(firsts.flat())].sort()).toEqual(starts);
    if (starts.length > 1) expect(firsts.some(([a, b]) => a !== b)).toBe(true);
  });
});

test('inside per_frame, a label counts for every frame of its clip', () => {
  const spec = (frames: number) => `
gan 1
data clips from frames_folder("clips") {
  video: [${frames}, 2, 2, 1] in [-1, 1]
  class: label(3)
}
discriminator Frames(x: [2, 2, 1], y: clips.class) -> [1] { dot(x -> flatten, y -> embed(4)) }
train on clips {
  batch: ${8 / frames}
  steps: 5
  update Frames {
    loss: mean(clips.video -> per_frame { Frames(clips.class) })
    optimizer: sgd(lr: 1)
  }
}`;
  const video = draw({ shape: [8, 4] }, 3).data;
  const [clips, single] = [compiled(spec(4)), compiled(spec(1))];
  const state = initialState(clips);
  const loss = ({ set }: Compiled, labels: readonly number[]) =>
    interpret(
      set.programs['update.Frames']!,
      { 'clips.video': video, 'clips.class': labels, count: [1] },
      state,
    ).outputs['loss Frames']![0]!;
  expect(loss(clips, [2, 0])).toBeCloseTo(loss(single, [2, 2, 2, 2, 0, 0, 0, 0]), 12);
  expect(loss(clips, [2, 0])).not.toBeCloseTo(loss(clips, [0, 2]), 6);
});

test('with draw: shared, two updates of one network both move it, from gradients at the same weights', () => {
  const spec = (draws: string, updates: string) => `
gan 1
data points from gaussians.ring() { at: [2] }
network N(x: [2]) -> [1] { x -> dense(1, bias: false) }
network M(x: [1]) -> [1] { x -> dense(1, bias: false) }
train on points {
  batch: 3
  steps: 5
  draw: ${draws}
  ${updates}
}`;
  const one = 'update N { loss: l2(N(points.at), 1)  optimizer: sgd(lr: 0.5) }';
  const two = 'update N, M { loss: l1(M(N(points.at)), 2)  optimizer: sgd(lr: 0.25) }';
  const inputs = { 'points.at': draw({ shape: [3, 2] }, 3).data, count: [1], key: [0, 0, 0, 0] };
  const both = compiled(spec('shared', `${one}\n  ${two}`));
  const state = initialState(both);
  const moved = (all: Compiled) => {
    const after = interpret(all.set.programs[all.step[0]!.program]!, inputs, state).state['N/dense/kernel']!;
    return Array.from(after, (value, at) => value - state['N/dense/kernel']![at]!);
  };
  const [a, b] = [one, two].map((update) => moved(compiled(spec('fresh', update))));
  expectClose(
    moved(both),
    a!.map((value, at) => value + b![at]!),
  );
});

const labelled = `
gan 1
latent z: normal(3)
data faces from folder("faces") {
  image: [4, 4, 1] in [-1, 1]
  class: label(5)
}
generator G(z, y: faces.class) -> faces.image {
  concat(z, y -> embed(2)) -> dense(16) -> reshape(4, 4, 1) -> tanh
}
discriminator D(x: faces.image, y: faces.class) -> (score: [1], class: [5]) {
  h = x -> dropout(0.5) -> flatten -> dense(6) -> tanh
  return (score: (h -> dense(1)) + (h -> projection(y)), class: h -> dense(5))
}
train on faces {
  batch: 4
  steps: 5
  fake = G(z, faces.class)
  update D {
    loss: bce(D(faces.image, faces.class).score, 1) + bce(D(fake, faces.class).score, 0) + mean(D(faces.image, faces.class).class)
    optimizer: adam(lr: linear(from: 1e-3, to: 0, over: 10))
  }
  update G {
    times: 3
    loss: bce(D(fake, faces.class).score, 1)
    optimizer: adam(lr: 1e-3, beta1: 0)
  }
}
sample G {
  grid: [5, 4]
  rows: y
}`;

describe('labels and records', () => {
  const all = compiled(labelled);
  const { programs } = all.set;

  test('labels are i32 inputs, both from data and when sampling', () => {
    const input = (program: string, name: string) =>
      programs[program]!.inputs.find((one) => one.name === name)!;
    expect(input('update.D', 'faces.class')).toEqual({
      name: 'faces.class',
      shape: [4],
      dtype: 'i32',
      from: { kind: 'data', dataset: 'faces', field: 'class' },
    });
    expect(input('sample.G', 'y').from).toEqual({ kind: 'label', classes: 5 });
    expect(input('sample.G', 'z')).toEqual({
      name: 'z',
      shape: [20, 3],
      dtype: 'f32',
      from: { kind: 'latent', latent: 'z' },
    });
  });

  test('two fields of a record come from one pass, with one dropout mask', () => {
    // Real and fake are the two passes; the class of the real one needs no third.
    expect(
      originsOf(programs['update.D']!, 'uniform').filter((origin) => origin === 'D/h/dropout'),
    ).toHaveLength(2);
    const real = programs['update.D']!.nodes.filter(
      ({ op, origin }) => op === 'matmul' && origin === 'D/h/dense',
    );
    expect(real).toHaveLength(2);
  });

  test('the table of a projection moves only where that class was drawn', () => {
    const start = initialState(all);
    const inputs = {
      'faces.image': draw({ shape: [4, 4, 4, 1] }, 5).data,
      'faces.class': [0, 2, 2, 4],
      key: [1, 0, 0, 0],
      count: [1],
      'linear(from: 0.001, to: 0, over: 10)': [1e-3],
    };
    const after = interpret(programs['update.D']!, inputs, start).state;
    const table = 'D/score/projection/table';
    const rows = [0, 1, 2, 3, 4].map((row) =>
      Array.from({ length: 6 }, (_, at) => after[table]![row * 6 + at] !== start[table]![row * 6 + at]),
    );
    expect(rows.map((row) => row.every((moved) => moved))).toEqual([true, false, true, false, true]);
  });

  test('a schedule is an input that the trainer fills, and a rate of 0 moves nothing', () => {
    const inputs = programs['update.D']!.inputs.filter(({ from }) => from.kind === 'schedule');
    expect(inputs).toEqual([
      {
        name: 'linear(from: 0.001, to: 0, over: 10)',
        shape: [],
        dtype: 'f32',
        from: { kind: 'schedule', schedule: 'linear', args: { from: 0.001, to: 0, over: 10 } },
      },
    ]);
    const start = initialState(all);
    const after = interpret(
      programs['update.D']!,
      {
        'faces.image': draw({ shape: [4, 4, 4, 1] }, 5).data,
        'faces.class': [0, 1, 2, 3],
        key: [1, 0, 0, 0],
        count: [1],
        'linear(from: 0.001, to: 0, over: 10)': [0],
      },
      start,
    ).state;
    for (const { path, role } of all.set.state)
      if (role === 'weight') expect(after[path]).toEqual(start[path]);
  });

  test('times repeats the program; beta1: 0 keeps no m', () => {
    expect(all.step.map(({ program, times }) => [program, times])).toEqual([
      ['update.D', 1],
      ['update.G', 3],
    ]);
    const slots = all.set.state.filter(({ role }) => role === 'slot').map(({ path }) => path);
    expect(slots).toContain('adam/D/h/dense/kernel/m');
    expect(slots).not.toContain('adam/G/dense/kernel/m');
    expect(slots).toContain('adam/G/dense/kernel/v');
  });
});

describe('random numbers', () => {
  const all = compiled(labelled);

  test('of the two updates, of two steps and of two repetitions are unrelated; the same key gives the same', () => {
    const place = (program: string) =>
      all.set.programs[program]!.nodes.find(({ op, origin }) => op === 'normal' && origin === 'latent z')!
        .attributes.place;
    expect(place('update.D')).not.toBe(place('update.G'));
    const z = (key: readonly number[]) =>
      interpret(all.set.programs['latent.z']!, { key: [...key] }).outputs.z!;
    expect(z([1, 0, 0, 0])).toEqual(z([1, 0, 0, 0]));
    for (const other of [
      [2, 0, 0, 0],
      [1, 0, 1, 0],
      [1, 0, 0, 1],
    ]) {
      expect(z(other)[0]).not.toBe(z([1, 0, 0, 0])[0]);
    }
  });
});

describe('first weights', () => {
  const spec = (init: string, layer: string) => `
gan 1
latent z: normal(40)
data faces from folder("faces") { image: [8, 8, 1] in [-1, 1] }
generator G(z) -> faces.image { z -> dense(256) -> reshape(4, 4, 16) -> ${layer} -> tanh }
discriminator D(x: faces.image) -> [1] { x -> flatten -> dense(1) }
train on faces {
  batch: 2
  steps: 5
  ${init}
  update D { loss: bce(D(faces.image), 1) + bce(D(G(z)), 0)  optimizer: sgd(lr: 1) }
  update G { loss: bce(D(G(z)), 1)  optimizer: sgd(lr: 1) }
}`;
  const transposed = 'conv2d_transpose(1, kernel: 4, stride: 2)';
  const std = (values: ArrayLike<number>) =>
    Math.sqrt(Array.from(values).reduce((sum, x) => sum + x * x, 0) / values.length);

  test('are glorot_uniform unless said otherwise, biases 0', () => {
    const state = initialState(compiled(spec('', transposed)));
    const limit = Math.sqrt(6 / (40 + 256));
    const kernel = Array.from(state['G/dense/kernel']!, Math.abs);
    expect(Math.max(...kernel)).toBeLessThan(limit);
    expect(Math.max(...kernel)).toBeGreaterThan(0.99 * limit);
    // 4 × 4 window, 16 channels in, 1 out.
    const wide = Math.max(...Array.from(state['G/conv2d_transpose/kernel']!, Math.abs));
    expect(wide).toBeLessThan(Math.sqrt(6 / (16 * 17)));
    expect(wide).toBeGreaterThan(0.95 * Math.sqrt(6 / (16 * 17)));
    expect(new Set(state['G/dense/bias'] as Float64Array)).toEqual(new Set([0]));
  });

  test('`init` of train is for every kernel, `init` of a layer for its own', () => {
    const text = spec(
      'init: normal(std: 0.02)',
      'conv2d_transpose(1, kernel: 4, stride: 2, init: constant(0.5))',
    );
    const state = initialState(compiled(text));
    expect(std(state['G/dense/kernel']!)).toBeCloseTo(0.02, 3);
    expect(std(state['D/dense/kernel']!)).toBeCloseTo(0.02, 2);
    expect(new Set(state['G/conv2d_transpose/kernel'] as Float64Array)).toEqual(new Set([0.5]));
  });

  test('differ from seed to seed and from weight to weight', () => {
    const all = compiled(spec('', transposed));
    const [one, again, other] = [initialState(all, 1), initialState(all, 1), initialState(all, 2)];
    expectClose(again['G/dense/kernel']!, one['G/dense/kernel']!, 0);
    expect(other['G/dense/kernel']![0]).not.toBe(one['G/dense/kernel']![0]);
    expect(one['D/dense/kernel']![0]).not.toBe(one['G/dense/kernel']![0]);
  });
});

test.each([
  ['normal(std: 0.1)'],
  ['0.1 * normal'],
  ['linear(from: 0.2, to: 0, over: 4) / 2 * (1 - -normal)'],
])('%s is drawn anew for real and fake, shaped like what it is added to', (noise) => {
  const { set } = compiled(`
gan 1
latent z: normal(3)
data faces from folder("faces") { image: [4, 4, 1] in [-1, 1] }
generator G(z) -> faces.image { z -> dense(16) -> reshape(4, 4, 1) -> tanh }
discriminator D(x: [4, 4, 1]) -> [1] { x -> flatten -> dense(1) }
train on faces {
  batch: 2
  steps: 5
  update D {
    loss: bce(D(faces.image + ${noise}), 1) + bce(D(G(z) + ${noise}), 0)
    optimizer: sgd(lr: 1)
  }
  update G { loss: bce(D(G(z)), 1)  optimizer: sgd(lr: 1) }
}`);
  const noises = set.programs['update.D']!.nodes.filter(
    ({ op, shape }) => op === 'normal' && shape.length === 4,
  );
  expect(noises.map(({ shape }) => shape)).toEqual([
    [2, 4, 4, 1],
    [2, 4, 4, 1],
  ]);
  expect(noises[0]!.attributes.place).not.toBe(noises[1]!.attributes.place);
});

test('spectral norm takes one step per update of its network, wherever the network is used first', () => {
  const { set } = compiled(`
gan 1
latent z: normal(3)
data faces from folder("faces") { image: [4, 4, 1] in [-1, 1] }
generator G(z) -> faces.image { z -> dense(16) -> reshape(4, 4, 1) -> tanh }
discriminator D(x: faces.image) -> [1] { x -> flatten -> dense(1, weights: spectral_norm) }
train on faces {
  batch: 2
  steps: 5
  update D { loss: r1(D(_), faces.image) + hinge.critic(D(faces.image), D(G(z)))  optimizer: sgd(lr: 1) }
  update G { loss: hinge.generator(D(G(z)))  optimizer: sgd(lr: 1) }
}`);
  const path = 'D/dense/kernel/spectral_norm/u';
  const written = (program: string) =>
    set.programs[program]!.updates.filter((update) => update.path === path).length;
  expect([written('update.D'), written('update.G'), written('sample.G'), written('init')]).toEqual([
    1, 0, 0, 1,
  ]);
  // Power iteration once, however many passes: W u, Wᵀ v, and W u again for σ.
  const steps = set.programs['update.D']!.nodes.filter(
    ({ op, origin }) => op === 'matmul' && origin === 'spectral_norm D/dense/kernel',
  );
  expect(steps).toHaveLength(3);
});

test('a port that training makes something of data for is given the same in sampling, with nothing at random', () => {
  const { set } = compiled(`
gan 1
data horses from folder("horses") { image: [6, 6, 1] in [-1, 1] }
data zebras from folder("zebras") { image: [6, 6, 1] in [-1, 1] }
generator A(x: [4, 4, 1]) -> [4, 4, 1] { x -> conv2d(1) }
generator B(x: [4, 4, 1]) -> [4, 4, 1] { x -> conv2d(1) }
train on horses, zebras {
  batch: 2
  steps: 5
  horse = horses.image -> random_crop(4) -> random_flip
  zebra = 0.5 * zebras.image -> random_crop(4)
  update A, B { loss: l1(B(A(horse)), horse) + l1(A(B(zebra)), zebra)  optimizer: sgd(lr: 1) }
}
sample A { grid: [1, 1] }
sample B { grid: [1, 1] }`);
  const [A, B] = [set.programs['sample.A']!, set.programs['sample.B']!];
  expect(A.inputs.map(({ from }) => from)).toEqual([{ kind: 'data', dataset: 'horses', field: 'image' }]);
  expect(B.inputs.map(({ from }) => from)).toEqual([{ kind: 'data', dataset: 'zebras', field: 'image' }]);
  expect(A.inputs[0]!.shape).toEqual([1, 6, 6, 1]);
  expect([A, B].flatMap(({ nodes }) => nodes).some(({ op }) => op === 'uniform')).toBe(false);
  const image = draw({ shape: [1, 6, 6, 1] }, 3).data;
  const kernel = draw({ shape: [3, 3, 1, 1] }, 4).data;
  const given = (path: string) => ({ [`${path}/conv2d/kernel`]: kernel, [`${path}/conv2d/bias`]: [0] });
  const [ofA, ofB] = [
    interpret(A, { 'horses.image': image }, given('A')).outputs.A!,
    interpret(B, { 'zebras.image': image }, given('B')).outputs.B!,
  ];
  expectClose(
    [...ofB],
    [...ofA].map((value) => value / 2),
  );
});

test('a port that another network fills in training is filled by that network in sampling', () => {
  const { set } = compiled(`
gan 1
latent z: normal(3)
data faces from folder("faces") { image: [4, 4, 1] in [-1, 1]  class: label(5) }
network Mapping(z, y: faces.class) -> [2] { concat(z, y -> embed(3)) -> dense(2) }
network Encode(x: faces.image) -> [7] { x -> flatten -> dense(7) }
generator G(w: [2], z) -> faces.image { concat(w, z) -> dense(16) -> reshape(4, 4, 1) -> tanh }
generator Decode(h: [7]) -> faces.image { h -> dense(16) -> reshape(4, 4, 1) -> tanh }
generator Unused(h: [9]) -> faces.image { h -> dense(16) -> reshape(4, 4, 1) -> tanh }
train on faces {
  batch: 2
  steps: 5
  image = faces.image
  update Mapping, G { loss: mean(G(Mapping(z, faces.class), z))  optimizer: sgd(lr: 1) }
  update Encode, Decode { loss: l1(Decode(Encode(image) + 0.1 * normal), image)  optimizer: sgd(lr: 1) }
}
sample G { grid: [1, 1] }
sample Decode { grid: [1, 1] }`);
  const origins = (program: string) =>
    Object.fromEntries(set.programs[program]!.inputs.map(({ name, from }) => [name, from]));
  expect(origins('sample.G')).toEqual({
    z: { kind: 'latent', latent: 'z' },
    'faces.class': { kind: 'label', classes: 5 },
  });
  expect(origins('sample.Decode')).toEqual({
    'faces.image': { kind: 'data', dataset: 'faces', field: 'image' },
    key: { kind: 'key' },
  });
  // Nothing says what it is to be given.
  expect(set.programs['sample.Unused']).toBeUndefined();
});

test('two pictures that are cropped and mirrored as channels of one stay together', () => {
  const { set } = compiled(`
gan 1
data pairs from paired("a", "b") { sketch: [6, 6, 1] in [-1, 1]  photo: [6, 6, 1] in [-1, 1] }
generator G(x: [4, 4, 1]) -> [4, 4, 1] { x -> conv2d(1) }
train on pairs {
  batch: 20
  steps: 5
  pair   = concat(pairs.sketch, pairs.photo) -> random_crop(4) -> random_flip
  sketch = pair -> pick_channels(1)
  photo  = pair -> pick_channels(1, from: 1)
  update G { loss: l1(photo, 2 * sketch) + 0 * mean(G(sketch))  optimizer: sgd(lr: 1) }
}`);
  const program = set.programs['update.G']!;
  const { data } = draw({ shape: [20, 6, 6, 1] }, 3);
  const inputs = {
    'pairs.sketch': data,
    'pairs.photo': [...data].map((value) => 2 * value),
    key: [1, 0, 0, 0],
    count: [1],
  };
  const state = { 'G/conv2d/kernel': new Float64Array(9), 'G/conv2d/bias': [0] };
  expect(interpret(program, inputs, state).outputs['loss G']![0]).toBeCloseTo(0, 12);
});

test('a port that training never fills is told by its name or its shape', () => {
  const { set } = compiled(`
gan 1
latent z: normal(3)
data faces from folder("faces") { image: [4, 4, 1] in [-1, 1] }
generator G(z) -> faces.image { z -> dense(16) -> reshape(4, 4, 1) -> tanh }
network Blur(x: [4, 4, 1]) -> [4, 4, 1] { x -> avg_pool(3, stride: 1) }
sample Blur { grid: [2, 2] }
`);
  const from = (program: string) => set.programs[program]!.inputs.map((input) => input.from);
  expect(from('sample.G')).toEqual([{ kind: 'latent', latent: 'z' }]);
  expect(from('sample.Blur')).toEqual([{ kind: 'data', dataset: 'faces', field: 'image' }]);
  expect(set.programs['sample.Blur']!.outputs[0]!.name).toBe('Blur');
});

test('what a sample block is about is sampled before generators without one', () => {
  const text = `gan 1
latent z: normal(4)
data points from gaussians.ring() { point: [2] }
generator G(z) -> [3] { z -> dense(3) }
network Point(z) -> points.point { z -> G -> dense(2) }
discriminator D(x: points.point) -> [1] { x -> dense(1) }
train on points {
  batch: 4
  steps: 1
  update D { loss: bce(D(points.point), 1) + bce(D(Point(z)), 0)  optimizer: adam(lr: 2e-4) }
  update G, Point { loss: bce(D(Point(z)), 1)  optimizer: adam(lr: 2e-4) }
}
`;
  const sampled = (block: string) => compiled(text + block).samples.map(({ network }) => network);
  expect(sampled('')).toEqual(['G']);
  expect(sampled('sample Point { grid: [2, 2] }\n')).toEqual(['Point', 'G']);
});
