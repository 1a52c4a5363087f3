import { addShapeMismatch } from '../diagnostics/codes/add-shape-mismatch.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { defineLayer } from '../layers/layer.ts';
import * as t from '../tensor/index.ts';

export const crossEntropy = defineLayer({
  name: 'cross_entropy',
  summary: 'how badly logits foretell a class: −log of the share that softmax gives it',
  documentation: `
\`cross_entropy(logits, class)\` is one number: the mean over the batch of −log softmax(logits)[class], written so that it stays exact
for large logits. The logits are the bare output of a \`dense(classes)\`, before any softmax. The class is a label with as many
classes, or a tensor of shares shaped like the logits that sum to 1 along the last axis, such as a one-hot code.

Odena, Olah & Shlens, *Conditional Image Synthesis with Auxiliary Classifier GANs*, 2017.
`,
  inputs: 'one',
  sides: [{ name: 'class', summary: 'a label, or shares shaped like the logits', takes: 'either' }],
  arguments: [],
  result: 'batch',
  shape(query) {
    const [logits, target] = query.inputs;
    const classes = query.labels[1];
    if (!classes && logits!.length > 0 && target!.join() === logits!.join()) return [];
    if (classes && logits!.length === 1 && classes.equals(logits![0]!)) return [];
    if (!classes && logits!.length > 0) {
      return query.report(addShapeMismatch, {
        facts: { operator: 'cross_entropy', left: logits!, right: target! },
        also: { left: query.inputSpans[0]!, right: query.inputSpans[1]! },
      });
    }
    const isVector = logits!.length === 1;
    return query.report(argumentValue, {
      at: query.inputSpans[isVector ? 1 : 0]!,
      facts: isVector
        ? {
            call: 'cross_entropy',
            name: 'class',
            wanted: `a label(${logits![0]}), one class for each logit`,
            given: `a label(${classes})`,
          }
        : {
            call: 'cross_entropy',
            name: 'logits',
            wanted: classes ? `logits of shape [${classes}]` : 'a tensor with one number per class',
            given: `a tensor of shape [${logits!.join(', ')}]`,
          },
    });
  },
  lower({ inputs: [logits, target] }) {
    const shares = target!.dtype === 'i32' ? oneHot(target!, logits!.shape.at(-1)!) : target!;
    return t.mean(t.sub(t.logsumexp(logits!, -1), t.sum(t.mul(logits!, shares), -1)));
  },
  examples: [
    { call: 'cross_entropy', inputs: [[4], []], output: [], label: 4 },
    { call: 'cross_entropy', inputs: [[3], [3]], output: [] },
    {
      call: 'cross_entropy',
      inputs: [
        [2, 2, 3],
        [2, 2, 3],
      ],
      output: [],
    },
  ],
});

/** [N] labels as [N, classes], 1 where the class is and 0 elsewhere. */
function oneHot(label: t.Value, classes: number): t.Value {
  const each = Array.from({ length: classes }, (_, at) => at);
  const numbers = t.constant(label.builder, each, [1, classes], 'i32');
  return t.cast(t.equal(t.reshape(label, [label.shape[0]!, 1]), numbers), 'f32');
}
