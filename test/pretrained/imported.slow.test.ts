import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readCheckpoint } from '../../runtime/train/checkpoint.ts';
import { useGanc } from '../cli/ganc.ts';
import { fill, save } from './keras.ts';
import { tinyVgg } from './tiny-vgg.ts';

// Two files that are imported bring a pretrained network each: one of the spec's folder, one of a package above it.

const ganc = useGanc();
const at = (...parts: string[]) => path.join(ganc.folder, ...parts);
const quick = ['--engine', 'wasm', '--threads', '2'];

async function write(name: string, text: string): Promise<void> {
  await mkdir(path.dirname(at(name)), { recursive: true });
  await writeFile(at(name), text);
}

const spec = `gan 1

import seen from "./parts/eye.gan"
import Judge, vgg from "gan-judge"

latent z: normal(4)
data points from gaussians.ring() { point: [2] in [-2, 2] }

generator G(z) -> [8, 8, 3] in [-1, 1] { z -> dense(8*8 * 3) -> reshape(8, 8, 3) -> tanh }

train on points {
  batch: 2
  steps: 2

  fake  = G(z)
  other = stop_gradient(G(z))

  update G, Judge {
    loss: seen(fake, other) + mean(Judge(fake)) + l2(vgg(fake).block2_conv2, vgg(other).block2_conv2)
    optimizer: sgd(lr: 0.01)
  }
}
`;
const eye = (from: string) => `gan 1

pretrained vgg from "${from}" { layers: ["block3_conv4"] }
loss seen(a, b) = perceptual(vgg(a), vgg(b))
`;
const judge = (from: string) => `gan 1

pretrained vgg from "${from}" { layers: ["block2_conv2", "block3_conv4"] }
network Judge(x: [8, 8, 3]) -> [1] { vgg(x).block3_conv4 -> flatten -> dense(1) }
`;

beforeAll(async () => {
  await write('project/main.gan', spec);
  await write('project/parts/eye.gan', eye('models/eye/model.json'));
  await save(fill(tinyVgg()), at('project/parts/models/eye'));
  await write(
    'node_modules/gan-judge/package.json',
    '{ "name": "gan-judge", "exports": { ".": { "gan": "./nets/index.gan" } } }',
  );
  await write('node_modules/gan-judge/nets/index.gan', judge('../models/model.json'));
  await save(fill(tinyVgg()), at('node_modules/gan-judge/models'));
});

test('each is found beside the file that declares it, and both are told apart', async () => {
  const checked = await ganc.run(['check', 'project/main.gan']);
  expect(checked.exitCode, checked.out).toBe(0);
  const trained = await ganc.run(['train', 'project/main.gan', '--out', 'run', ...quick]);
  expect(trained.exitCode, trained.err).toBe(0);
  const { pretrained } = await readCheckpoint(at('run/checkpoints/step-00000002.safetensors'));
  expect(Object.keys(pretrained)).toEqual(['vgg', 'vgg.2']);
});

test('a run goes on from its folder while they are there', async () => {
  const on = await ganc.run(['train', 'run', '--resume', '--steps', '3', ...quick]);
  expect(on.exitCode, on.err).toBe(0);
  await rename(at('node_modules/gan-judge'), at('node_modules/away'));
  try {
    const { exitCode, err } = await ganc.run(['train', 'run', '--resume', '--steps', '4', ...quick]);
    expect(exitCode).toBe(1);
    expect(err).toContain(
      'the package gan-judge, which has a pretrained model, is not in the node_modules of',
    );
    expect(err).toContain('npm install gan-judge');
  } finally {
    await rename(at('node_modules/away'), at('node_modules/gan-judge'));
  }
});

test('a bundle says which models it needs, and finds those of packages where they are installed', async () => {
  const packed = await ganc.run(['pack', 'project/main.gan', '--out', 'project/main.gan.zip']);
  expect(packed.exitCode, packed.err).toBe(0);
  const checked = await ganc.run(['check', 'project/main.gan.zip']);
  expect(checked.exitCode, checked.out).toBe(0);
  const trained = await ganc.run(['train', 'project/main.gan.zip', '--out', 'again', ...quick]);
  expect(trained.exitCode, trained.err).toBe(0);
  await ganc.run(['unpack', 'project/main.gan.zip', '--out', 'laid-out']);
  const card = await readFile(at('laid-out/README.md'), 'utf8');
  expect(card).toContain(
    '- vgg from `"node_modules/gan-judge/models/model.json"`, pretrained, not in this bundle',
  );
  expect(card).toContain('- vgg_2 from `"parts/models/eye/model.json"`, pretrained, not in this bundle');
  const { exitCode, out } = await ganc.run(['check', 'laid-out/spec/main.gan']);
  expect(exitCode).toBe(1);
  expect(out).toContain('"models/eye/model.json" is not there');
  expect(out).toContain('install gan-judge again, or put it there');
});

test('expanded, one file names both', async () => {
  const { out, err, exitCode } = await ganc.run(['expand', 'project/main.gan']);
  expect(exitCode, err).toBe(0);
  await write('lock.gan', out);
  await save(fill(tinyVgg()), at('parts/models/eye'));
  const checked = await ganc.run(['check', 'lock.gan']);
  expect(checked.exitCode, checked.out).toBe(0);
});

test.each([
  ['project/parts/eye.gan', eye, 'models/eye/model.json', '../../node_modules/gan-judge/models/model.json'],
  [
    'node_modules/gan-judge/nets/index.gan',
    judge,
    '../models/model.json',
    '../../../project/parts/models/eye/model.json',
  ],
])('no file of %s leads out of its folder or package', async (file, text, right, wrong) => {
  await write(file, text(wrong));
  try {
    const { exitCode, out } = await ganc.run(['check', 'project/main.gan']);
    expect(exitCode).toBe(1);
    expect(out).toContain(`error[pretrained-unusable]: "${wrong}" lies outside`);
    expect(out).toContain(path.basename(file));
  } finally {
    await write(file, text(right));
  }
});
