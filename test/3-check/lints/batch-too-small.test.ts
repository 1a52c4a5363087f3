import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exampleSpec } from '../../../compiler/diagnostics/example-spec.ts';
import { findings, judge } from '../findings.ts';

const one = (text: string, batch = 1) => findings(text.replace('batch: 16', `batch: ${batch}`));

/** pix2pix with a normalisation at its bottleneck, where it is published without one. */
function pix2pix(batch: number): string {
  const text = readFileSync(new URL('../../../specs/pix2pix.gan', import.meta.url), 'utf8');
  const normed = text.replace('e8 = e7 -> Down(512, norm: none)', 'e8 = e7 -> Down(512)');
  expect(normed).not.toBe(text);
  return normed.replace('batch: 1', `batch: ${batch}`);
}

const said = (map: string) =>
  `batch-too-small: batch_norm gives nothing but zeros here: with batch 1, [${map}] is one number per channel`;

test('at the bottleneck of a U-Net that is trained one picture at a time', () => {
  expect(findings(pix2pix(1))).toEqual([said('1, 1, 512')]);
  expect(findings(pix2pix(2))).toEqual([]);
});

test('a map with more than one place is no matter, nor is another norm', () => {
  const body = (norm: string, kernel: number) =>
    judge(
      `x -> conv2d(8, kernel: ${kernel}, stride: 2, padding: "valid", bias: false) -> ${norm} -> relu -> flatten -> dense(1)`,
    );
  expect(one(body('batch_norm', 4))).toEqual([]);
  expect(one(body('batch_norm', 16))).toEqual([said('1, 1, 8')]);
  expect(one(body('layer_norm', 16))).toEqual([]);
  expect(one(body('batch_norm', 16), 2)).toEqual([]);
});

test('frames of a clip are a batch of their own', () => {
  const clips = (how: string) =>
    exampleSpec({
      data: 'data faces from frames_folder("data/clips") {\n  image: [4, 16, 16, 3] in [-1, 1]\n}',
      generator: `
generator G(z) -> faces.image {
  z -> dense(2 * 8*8 * 8) -> reshape(2, 8, 8, 8) -> relu -> conv3d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
      discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> ${how} -> flatten -> dense(1)
}`,
    });
  const layers = 'flatten -> dense(8, bias: false) -> batch_norm -> relu';
  expect(one(clips(`per_frame { ${layers} }`))).toEqual([]);
  expect(one(clips(layers))).toEqual([said('8')]);
});

test('a network that is not trained with may have any', () => {
  const spare = 'network Spare(h: [8]) -> [8] { h -> dense(8, bias: false) -> batch_norm }';
  expect(one(exampleSpec({ declarations: spare }))).toEqual([expect.stringContaining('unused-declaration')]);
});
