import { Dim } from '../3-check/dim.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { timesText } from '../diagnostics/wording.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { keptToRead, outsideArgument, placesIn, rangeBetween, readAt } from './parts/bilinear.ts';
import { inputOfKind } from './parts/rank.ts';

export const warp = defineLayer({
  name: 'warp',
  summary: 'moves the pixels of a picture along a flow, by amounts that need not be whole',
  documentation: `
\`x -> warp(flow)\`: [H, W, C] and a flow of [H, W, 2], in pixels. The pixel in row i and column j becomes what x has at row
i + flow₀ and column j + flow₁, between four pixels weighed by how near they are (bilinear). A clip [T, H, W, C] takes a flow
[T, H, W, 2], each frame its own. A flow of zeros changes nothing.

* The flow says where each new pixel comes *from*, so that none is left empty: the next frame out of the last one takes the flow from
  the next one to the last. Rows first: PyTorch's \`grid_sample\` and files of optical flow have columns first, and \`grid_sample\` goes
  from −1 to 1; TensorFlow Addons' \`dense_image_warp\` takes away what is added here.
* \`outside: "border"\` continues the pixels at the border, as vid2vid and \`dense_image_warp\` do: what comes into view is not known,
  and black edges would tell D which pictures were moved. \`"zeros"\` is the default of \`grid_sample\`, where the border fades over one
  pixel; \`"reflect"\` mirrors, as \`pad(mode: "reflect")\` does.
* Gradients go into x and into the flow, of any order. The slope of the flow is the difference of neighbouring pixels: it knows
  nothing of what lies farther off, so that flows are learned coarse to fine, or beside known ones. At whole numbers it is the slope
  toward the next pixel, and none where a place is beyond the border.

A flow that a network makes, and a mask that says where the moved frame is not to be seen, as in vid2vid:

    module Next(last: [H, W, 3], h: [H, W, C]) -> [H, W, 3] {
      moved = last -> warp(h -> conv2d(2, kernel: 3))
      drawn = h -> conv2d(3, kernel: 3) -> tanh
      mask = h -> conv2d(1, kernel: 3) -> sigmoid
      return mask * drawn + (1 - mask) * moved
    }

It costs four reads of every pixel of the result; training keeps six numbers for each pixel, and for the gradient of the flow
three for each number of the result.

\`affine_warp\` takes six numbers for a whole picture in place of a flow.

Jaderberg, Simonyan, Zisserman & Kavukcuoglu, *Spatial Transformer Networks*, 2015. Wang et al., *Video-to-Video Synthesis*, 2018.
Chu et al., *Learning Temporal Coherence via Self-Supervision for GAN-based Video Generation* (TecoGAN), 2020.
`,
  inputs: 'one',
  sides: [
    { name: 'flow', summary: 'how far away each pixel is read, [H, W, 2]: down, right', takes: 'tensor' },
  ],
  arguments: [outsideArgument('border')],
  shape(query) {
    const x = inputOfKind(query, 'warp', 'picture');
    const flow = query.inputs[1]!;
    if (!x) return null;
    const wanted = [...x.slice(0, -1), Dim.of(2)];
    if (flow.length === wanted.length && flow.every((size, axis) => size.equals(wanted[axis]!))) return x;
    return query.report(argumentValue, {
      at: query.inputSpans[1]!,
      facts: {
        call: 'warp',
        name: 'flow',
        wanted: `[${wanted.join(', ')}], down and right for every pixel of [${x.join(', ')}]`,
        given: `[${flow.join(', ')}]`,
        instead: insteadOf(flow, wanted),
      },
    });
  },
  range: ([x], args) => rangeBetween(x!, args),
  keeps: ({ output }) => 3 * t.sizeOf(output) + keptToRead(output),
  lower({ inputs: [x, flow], args }) {
    const images = asImages(x!);
    const places = placesIn(images);
    const component = (axis: number) =>
      t.reshape(
        t.slice(asImages(flow!), [0, 0, 0, axis], [...images.shape.slice(0, -1), 1]),
        images.shape.slice(0, -1),
      );
    const rows = t.add(places.rows, component(0));
    const columns = t.add(places.columns, component(1));
    return t.reshape(readAt(images, rows, columns, args.string('outside')), x!.shape);
  },
  examples: [
    {
      call: 'warp',
      inputs: [
        [3, 4, 2],
        [3, 4, 2],
      ],
      output: [3, 4, 2],
    },
    {
      call: 'warp(outside: "zeros")',
      inputs: [
        [3, 2, 1],
        [3, 2, 2],
      ],
      output: [3, 2, 1],
    },
    {
      call: 'warp(outside: "reflect")',
      inputs: [
        [2, 3, 1],
        [2, 3, 2],
      ],
      output: [2, 3, 1],
    },
    {
      call: 'warp',
      inputs: [
        [2, 1, 3, 1],
        [2, 1, 3, 2],
      ],
      output: [2, 1, 3, 1],
    },
  ],
});

/** The frames of clips one after the other. */
function asImages(x: t.Value): t.Value {
  const image = x.shape.slice(-3);
  return t.reshape(x, [t.sizeOf(x.shape) / t.sizeOf(image), ...image]);
}

function insteadOf(flow: readonly Dim[], wanted: readonly Dim[]): string {
  if (flow.length !== wanted.length) return 'give an image a flow of its own, and a clip one for every frame';
  if (!flow.at(-1)!.equals(2)) return 'end it in conv2d(2, kernel: 3)';
  const same = flow.length === 3 || flow[0]!.equals(wanted[0]!);
  return same
    ? `bring it to ${timesText(wanted.slice(-3, -1))} first, with upsample or a stride`
    : `give it ${wanted[0]} frames, as many as the clip has`;
}
