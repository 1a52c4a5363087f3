import { checkerboardKernel } from '../../diagnostics/codes/checkerboard-kernel.ts';
import { defineLint } from './lint.ts';
import { isLayer, type LayerNode } from './network-layers.ts';
import { setArgument } from './spec-edits.ts';

const TRANSPOSED: Readonly<Record<string, { readonly axes: number; readonly plain: string }>> = {
  conv2d_transpose: { axes: 2, plain: 'conv2d' },
  conv3d_transpose: { axes: 3, plain: 'conv3d' },
};

export const checkerboardKernelLint = defineLint({
  codes: ['checkerboard-kernel'],
  check({ file, resolved, model, report }) {
    for (const network of model.networks) {
      for (const node of network.graph) {
        const uneven = unevenAxis(node as LayerNode);
        if (!isLayer(node) || !uneven) continue;
        const { kernel, stride } = uneven;
        const { args, layer } = node.op;
        const better = Math.ceil(kernel / stride) * stride;
        const written = args.span('kernel');
        // Where kernel and stride differ from axis to axis, there is not one number to write instead.
        const plain = typeof args.raw('kernel') === 'number' && typeof args.raw('stride') === 'number';
        const filters = args.span('filters');
        const instead =
          plain && filters
            ? `upsample(${stride}) -> ${TRANSPOSED[layer.name]!.plain}(${valueText(resolved.namesAt(filters).file?.source.text ?? '', filters)}, kernel: 3)`
            : null;
        report.report(checkerboardKernel, {
          at: written ?? node.span,
          facts: { kernel, stride, better, instead },
          trace: node.trace,
          fixes: plain && written ? setArgument(file.source, node.span, written, `kernel: ${better}`) : [],
        });
      }
    }
  },
});

/** The first axis on which copies of the kernel overlap unevenly. */
function unevenAxis(node: LayerNode): { readonly kernel: number; readonly stride: number } | null {
  const transposed = isLayer(node) ? TRANSPOSED[node.op.layer.name] : undefined;
  if (!transposed) return null;
  const kernels = node.op.args.perAxis('kernel', transposed.axes);
  const strides = node.op.args.perAxis('stride', transposed.axes);
  const axis = kernels.findIndex((kernel, i) => kernel % strides[i]! !== 0);
  return axis < 0 ? null : { kernel: kernels[axis]!, stride: strides[axis]! };
}

/** The value of an argument as written, without its name. */
function valueText(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return text.slice(start, end).replace(/^\w+\s*:\s*/, '');
}
