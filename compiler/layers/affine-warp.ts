import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inAllFrames } from './parts/augmentation.ts';
import { keptToRead, outsideArgument, rangeBetween } from './parts/bilinear.ts';
import { inputOfKind } from './parts/rank.ts';
import { onePerPlaces, resampled } from './parts/resampled.ts';

export const affineWarp = defineLayer({
  name: 'affine_warp',
  summary:
    'turns, scales, shears and moves a picture as six numbers for every example say: a spatial transformer',
  documentation: `
\`x -> affine_warp(theta)\`: [H, W, C] and six numbers [6]. The pixel at u down and v right of the middle becomes what x has at

    (1 + theta₀) · u + theta₁ · v + theta₂    down
    theta₃ · u + (1 + theta₄) · v + theta₅    right

where the picture goes from −1 to 1 both ways; between four pixels weighed by how near they are (bilinear), as in \`warp\`. Six zeros
change nothing, which is where a network that makes them begins well: PyTorch's \`affine_grid\` takes the same numbers with the two
ones in them, and columns first. All frames of a clip are changed alike.

A network that looks where to look:

    module Transformed(x: [H, W, C]) -> [H, W, C] {
      theta = x -> conv2d(16, kernel: 5, stride: 2) -> relu -> global_avg_pool -> dense(6, init: zeros)
      return x -> affine_warp(theta)
    }

Gradients go into x and theta, of any order; \`outside\` is that of \`warp\`, and so is what it costs.

Jaderberg, Simonyan, Zisserman & Kavukcuoglu, *Spatial Transformer Networks*, 2015. Lin et al., *ST-GAN: Spatial Transformer
Generative Adversarial Networks for Image Compositing*, 2018.
`,
  inputs: 'one',
  sides: [{ name: 'theta', summary: 'how far each of six numbers is from no change, [6]', takes: 'tensor' }],
  arguments: [outsideArgument('border')],
  shape(query) {
    const x = inputOfKind(query, 'affine_warp', 'picture');
    const theta = query.inputs[1]!;
    if (!x || (theta.length === 1 && theta[0]!.equals(6))) return x;
    return query.report(argumentValue, {
      at: query.inputSpans[1]!,
      facts: {
        call: 'affine_warp',
        name: 'theta',
        wanted: 'six numbers [6]',
        given: `[${theta.join(', ')}]`,
        instead: `end it in ${theta.length > 1 ? 'global_avg_pool -> ' : ''}dense(6, init: zeros)`,
      },
    });
  },
  range: ([x], args) => rangeBetween(x!, args),
  keeps: ({ output }) => 3 * t.sizeOf(output) + keptToRead(output),
  lower({ inputs: [x, theta], args }) {
    const perClip = { theta: (shape: readonly number[]) => t.reshape(theta!, shape) };
    return inAllFrames(x!, perClip, (images, each) => {
      const [batch, height, width] = images.shape as [number, number, number, number];
      const all = each.theta([batch, 6]);
      const number = (at: number) => t.reshape(t.slice(all, [0, at], [batch, 1]), onePerPlaces(images));
      // In pixels, of which the halves of height and width are 1.
      const [high, wide] = [height / 2, width / 2];
      return resampled(images, args.string('outside'), ({ rows, columns }) => {
        const across = t.mul(t.mul(columns, number(1)), high / wide);
        const along = t.mul(t.mul(rows, number(3)), wide / high);
        return {
          rows: t.add(t.add(t.mul(rows, t.add(number(0), 1)), across), t.mul(number(2), high)),
          columns: t.add(t.add(along, t.mul(columns, t.add(number(4), 1))), t.mul(number(5), wide)),
        };
      });
    });
  },
  examples: [
    { call: 'affine_warp', inputs: [[3, 4, 2], [6]], output: [3, 4, 2] },
    { call: 'affine_warp(outside: "zeros")', inputs: [[4, 3, 1], [6]], output: [4, 3, 1] },
    { call: 'affine_warp(outside: "reflect")', inputs: [[2, 2, 3, 1], [6]], output: [2, 2, 3, 1] },
  ],
});
