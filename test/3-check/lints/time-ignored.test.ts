import { expect, test } from 'vitest';
import { exampleSpec } from '../../../compiler/diagnostics/example-spec.ts';
import { findings } from '../findings.ts';

/** A GAN of clips with these judges and losses. */
function clips(judges: string, lossOfG: string, { lets = '', updates = '' } = {}): string[] {
  return findings(
    exampleSpec({
      data: 'data clips from frames_folder("data/clips") {\n  video: [4, 16, 16, 3] in [-1, 1]\n}',
      generator: `
generator G(z) -> clips.video {
  z -> dense(2 * 8*8 * 8) -> reshape(2, 8, 8, 8) -> relu -> conv3d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
      discriminator: judges,
      train: `
train on clips {
  real = clips.video
  fake = G(z)
  ${lets}
  ${updates}
  update G {
    loss: ${lossOfG}
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
    }),
  );
}

const update = (name: string, real: string, fake: string) => `
  update ${name} {
    loss: bce(${real}, 1) + bce(${fake}, 0)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }`;

const frames = `
discriminator Frames(x: [16, 16, 3]) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`;
const motion = `
discriminator Motion(x: clips.video) -> [1] {
  x -> conv3d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`;
const each = (clip: string) => `${clip} -> per_frame { Frames }`;
const said = (judges: string) =>
  `time-ignored: nothing judges how the clips of G move: ${judges} at one frame at a time`;
const framesOnly = { updates: update('Frames', each('real'), each('fake')) };

test('a judge of frames alone', () => {
  expect(clips(frames, `bce(${each('fake')}, 1)`, framesOnly)).toEqual([said('Frames looks')]);
});

test('picked frames are single ones, too', () => {
  const lets = 'real_frames = real -> pick_frames(2)\n  fake_frames = fake -> pick_frames(2)';
  const updates = update('Frames', each('real_frames'), each('fake_frames'));
  expect(clips(frames, `bce(${each('fake_frames')}, 1)`, { lets, updates })).toEqual([said('Frames looks')]);
  const one = (clip: string) => `Frames(${clip} -> pick_frames(1) -> reshape(16, 16, 3))`;
  expect(
    clips(frames, `bce(${one('fake')}, 1)`, { updates: update('Frames', one('real'), one('fake')) }),
  ).toEqual([said('Frames looks')]);
});

test('beside a judge of clips it is good practice', () => {
  const updates =
    update('Frames', each('real'), each('fake')) + update('Motion', 'Motion(real)', 'Motion(fake)');
  expect(clips(frames + motion, `bce(Motion(fake), 1) + bce(${each('fake')}, 1)`, { updates })).toEqual([]);
  expect(
    clips(motion, 'bce(Motion(fake), 1)', { updates: update('Motion', 'Motion(real)', 'Motion(fake)') }),
  ).toEqual([]);
});

test.each([
  ['per_frame { BODY -> flatten -> dense(4) } -> flatten -> dense(1)', '[1]', []],
  ['per_frame { BODY -> flatten -> dense(4) } -> gru(1)', '[4, 1]', []],
  ['per_frame { BODY } -> conv3d(1, kernel: 3)', '[4, 8, 8, 1]', []],
  ['per_frame { BODY -> flatten -> dense(1) }', '[4, 1]', [said('Frames looks')]],
  ['noise(0.1) -> per_frame { BODY -> flatten -> dense(1) } -> flatten', '[4]', [said('Frames looks')]],
  ['per_frame { BODY -> flatten -> dense(1) } -> global_avg_pool', '[1]', [said('Frames looks')]],
])('a judge of clips that is %s', (body, shape, expected) => {
  const inside = body.replace('BODY', 'conv2d(4, kernel: 4, stride: 2) -> leaky_relu(0.2)');
  const network = `discriminator Frames(x: clips.video) -> ${shape} { x -> ${inside} }`;
  const updates = update('Frames', 'Frames(real)', 'Frames(fake)');
  expect(clips(network, 'bce(Frames(fake), 1)', { updates })).toEqual(expected);
});

test('another loss on the whole clip sees how it moves', () => {
  expect(clips(frames, `bce(${each('fake')}, 1) + 10 * l1(fake, real)`, framesOnly)).toEqual([
    expect.stringContaining('unpaired-comparison'),
  ]);
});

test('frames side by side are seen together', () => {
  const pair = frames
    .replace('x: [16, 16, 3]', 'x: [16, 16, 3], before: [16, 16, 3]')
    .replace('x ->', 'concat(x, before) ->');
  const two = (clip: string) =>
    `Frames(${clip} -> pick_frames(1) -> reshape(16, 16, 3), ${clip} -> pick_frames(1) -> reshape(16, 16, 3))`;
  expect(
    clips(pair, `bce(${two('fake')}, 1)`, { updates: update('Frames', two('real'), two('fake')) }),
  ).toEqual([]);
});
