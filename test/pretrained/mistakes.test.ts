import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkIn } from './frozen.ts';
import { fill, keras, save } from './keras.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ganc-mistakes-'));
  await save(fill(classifier()), folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Pictures of 16 × 16 in colour; a layer in the middle fits any size, its last ones that alone. */
function classifier(): keras.LayersModel {
  const { layers } = keras;
  return keras.sequential({
    layers: [
      layers.conv2d({ name: 'conv', filters: 2, kernelSize: 3, strides: 2, inputShape: [16, 16, 3] }),
      layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
      layers.flatten({ name: 'flat' }),
      layers.dense({ name: 'fc', units: 5 }),
    ],
  });
}

interface Parts {
  readonly options?: string;
  readonly image?: string;
  readonly from?: string;
  readonly loss?: string;
  readonly more?: string;
}

function found({
  options = '',
  image = '[16, 16, 3] in [-1, 1]',
  from = 'model.json',
  loss = 'l2(vgg(fake), vgg(real))',
  more = '',
}: Parts) {
  const shape = image.slice(1, image.indexOf(']'));
  const count = shape.split(',').reduce((product, size) => product * Number(size), 1);
  const last = image.includes('in [0') ? 'sigmoid' : 'tanh';
  const text = `gan 1
latent z: normal(8)
data photos from folder("photos") { image: ${image} }
pretrained vgg from "${from}" { ${options} }
generator G(z) -> photos.image { z -> dense(${count}) -> reshape(${shape}) -> ${last} }
train on photos {
  real = photos.image
  fake = G(z)
  update G { loss: ${loss}  optimizer: sgd(lr: 1) }
  ${more}
}
`;
  const { diagnostics, text: shown } = checkIn(folder, text);
  return {
    codes: diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    first: diagnostics.find(({ severity }) => severity === 'error') ?? null,
    shown,
  };
}

test('all is well', () => {
  expect(found({}).shown).toBe('');
  expect(
    found({
      image: '[40, 24, 3] in [-1, 1]',
      options: 'layers: ["pool"]',
      loss: 'perceptual(vgg(fake), vgg(real))',
    }).shown,
  ).toBe('');
});

describe('an image that does not fit', () => {
  test('its size, and the layer where that shows', () => {
    const { codes, first } = found({ image: '[32, 32, 3] in [-1, 1]' });
    expect(codes).toEqual(['input-shape-mismatch']);
    expect(first!.message).toBe('vgg takes [16, 16, 3] as x, but fake is [32, 32, 3]');
    expect(first!.notes).toEqual([
      'Its layer fc has a kernel of [18, 5], and [98] would need one of [98, 5].',
    ]);
    expect(first!.help).toContain('`layers` that come before that one');
  });

  test('its channels', () => {
    const { codes, first } = found({
      image: '[16, 16, 1] in [-1, 1]',
      options: 'layers: ["conv"]',
      loss: 'perceptual(vgg(fake), vgg(real))',
    });
    expect(codes).toEqual(['input-shape-mismatch']);
    expect(first!.notes[0]).toContain('Its layer conv has a kernel of [3, 3, 3, 2]');
    expect(first!.help).toBe('make three channels of one: concat(x, x, x)');
  });

  test('too small for what is in it', () => {
    const { codes, first } = found({
      image: '[3, 3, 3] in [-1, 1]',
      options: 'layers: ["pool"]',
      loss: 'perceptual(vgg(fake), vgg(real))',
    });
    expect(codes).toEqual(['input-shape-mismatch']);
    expect(first!.notes[0]).toContain('Its layer pool does not fit');
  });

  test('its values', () => {
    const { codes, first } = found({ image: '[16, 16, 3] in [0, 1]' });
    expect(codes).toEqual(['pretrained-input-range']);
    expect(first!.message).toBe('vgg is declared for values in [-1, 1], but fake holds [0, 1]');
    expect(found({ image: '[16, 16, 3] in [0, 1]', options: 'input: [0, 1]  preprocess: caffe' }).shown).toBe(
      '',
    );
  });
});

describe('a declaration that is wrong', () => {
  test.each<[Parts, string, string]>([
    [{ from: 'no.json' }, 'pretrained-unusable', '"no.json" is not there'],
    [{ from: '../model.json' }, 'pretrained-unusable', 'lies outside'],
    [{ options: 'layers: ["pol"]' }, 'unknown-name', 'there is no layer of vgg called `pol`'],
    [{ options: 'layers: "pool"' }, 'argument-value', 'a list of names of layers'],
    [{ options: 'layers: []' }, 'argument-value', 'a list of names of layers'],
    [{ options: 'layers: ["pool", "pool"]' }, 'argument-value', 'each once'],
    [{ options: 'input: [1, -1]' }, 'argument-value', 'the smallest and the largest value'],
    [{ options: 'preprocess: vgg' }, 'argument-value', 'caffe'],
    [{ options: 'size: 3' }, 'unknown-argument', 'size'],
    [{ loss: 'l2(vgg(fake, real), vgg(real))' }, 'unknown-argument', 'vgg'],
    [
      { options: 'layers: ["pool"]', loss: 'l2(vgg(fake).conv, vgg(real).pool)' },
      'unknown-name',
      'output of vgg',
    ],
    [{ options: 'layers: ["pool"]', loss: 'mean(vgg(fake))' }, 'argument-value', 'the outputs of vgg'],
    [
      { options: 'layers: ["conv", "pool"]', loss: 'perceptual(vgg(fake), vgg(real), weight: [1, 2, 3])' },
      'argument-value',
      'a partner for conv, pool',
    ],
    [
      { more: 'update vgg { loss: mean(vgg(fake))  optimizer: sgd(lr: 1) }' },
      'argument-value',
      'pretrained and frozen',
    ],
  ])('%j', (parts, code, message) => {
    const { codes, first, shown } = found(parts);
    expect(codes, shown).toEqual([code]);
    expect(first!.message, shown).toContain(message);
  });
});

test('a layer whose output was not asked for', () => {
  for (const options of ['', 'layers: ["pool"]']) {
    const { first } = found({ options, loss: 'l2(vgg(fake).conv, vgg(real).conv)' });
    expect(first!.message).toBe('there is no output of vgg called `conv`');
    expect(first!.help).toBe('name the layer in `layers` of vgg: layers: ["conv"]');
  }
});

describe('a model that is wrong', () => {
  async function damaged(topology: (json: never) => unknown, parts: Parts = {}) {
    const other = path.join(folder, 'other');
    await save(fill(classifier()), other, { topology: topology as (json: unknown) => unknown });
    return found({ from: 'other/model.json', ...parts });
  }
  interface Sequential {
    config: { layers: { class_name: string; config: Record<string, unknown> }[] };
  }
  const lambda = (json: Sequential) => {
    json.config.layers[1]!.class_name = 'Lambda';
    return json;
  };

  test('a layer of a class that ganc does not know', async () => {
    const { codes, first } = await damaged(lambda as never);
    expect(codes).toEqual(['pretrained-unusable']);
    expect(first!.message).toBe(
      'other/model.json has a layer pool of the class Lambda, which ganc does not know',
    );
    expect(first!.help).toContain('no code of a model is run');
  });

  test('it does not matter behind the layers that are wanted', async () => {
    const { shown } = await damaged(lambda as never, {
      options: 'layers: ["conv"]',
      loss: 'perceptual(vgg(fake), vgg(real))',
    });
    expect(shown).toBe('');
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'channels first',
      { data_format: 'channels_first' },
      'gives its layer conv a `data_format` of "channels_first"; it can be "channels_last"',
    ],
    ['a size that is none', { kernel_size: [3, 'x'] }, 'a `kernel_size` of [3,"x"]'],
    ['an activation', { activation: 'mish2' }, 'the activation "mish2", which ganc does not know'],
    [
      'filters that its kernel has not',
      { filters: 7 },
      'does not fit itself: its layer conv has a kernel of [3, 3, 3, 2]',
    ],
    ['a bias that it has not', { name: 'conw' }, 'lists no `kernel` for its layer conw (Conv2D)'],
  ])('%s', async (_, config, message) => {
    const { codes, first } = await damaged(((json: Sequential) => {
      Object.assign(json.config.layers[0]!.config, config);
      return json;
    }) as never);
    expect(codes).toEqual(['pretrained-unusable']);
    expect(first!.message).toContain(message);
  });

  test('a file that is damaged', () => {
    writeFileSync(path.join(folder, 'broken.json'), '{"modelTopology": ');
    expect(found({ from: 'broken.json' }).first!.message).toBe('broken.json is not JSON');
  });
});
