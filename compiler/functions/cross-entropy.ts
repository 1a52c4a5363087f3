import { addShapeMismatch } from '../diagnostics/codes/add-shape-mismatch.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import { defineLayer, type ShapeQuery } from '../layers/layer.ts';
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
  inputs: 'many',
  arguments: [],
  takesLabel: 'too',
  result: 'batch',
  shape(query) {
    if (query.inputs.length !== 2) return reportCount(query);
    const [logits, target] = query.inputs;
    const classes = query.labels[1];
    if (query.labels[0] || logits!.length === 0) {
      return query.report(argumentValue, {
        at: query.inputSpans[0]!,
        facts: {
          call: 'cross_entropy',
          name: 'logits',
          wanted: 'the logits first, a tensor with one number per class',
          given: query.labels[0] ? 'a label' : 'one number',
        },
      });
    }
    if (classes) {
      if (logits!.length === 1 && classes.equals(logits![0]!)) return [];
      return query.report(argumentValue, {
        at: query.inputSpans[1]!,
        facts: {
          call: 'cross_entropy',
          name: 'class',
          wanted:
            logits!.length === 1
              ? `a label(${logits![0]}), one class for each logit`
              : `shares of shape [${logits!.join(', ')}], as the logits have`,
          given: `a label(${classes})`,
        },
      });
    }
    if (target!.join() === logits!.join()) return [];
    return query.report(addShapeMismatch, {
      facts: { operator: 'cross_entropy', left: logits!, right: target! },
      also: { left: query.inputSpans[0]!, right: query.inputSpans[1]! },
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

function reportCount(query: ShapeQuery): null {
  const facts = {
    call: 'cross_entropy',
    noun: 'argument',
    signature: 'cross_entropy(logits, class)',
  } as const;
  const given = query.inputs.length;
  return query.report(unknownArgument, {
    facts:
      given < 2
        ? { ...facts, problem: 'missing', name: given === 0 ? 'logits' : 'class' }
        : { ...facts, problem: 'too many', given, takes: 2 },
  });
}

/** [N] labels as [N, classes], 1 where the class is and 0 elsewhere. */
function oneHot(label: t.Value, classes: number): t.Value {
  const each = Array.from({ length: classes }, (_, at) => at);
  const numbers = t.constant(label.builder, each, [1, classes], 'i32');
  return t.cast(t.equal(t.reshape(label, [label.shape[0]!, 1]), numbers), 'f32');
}
