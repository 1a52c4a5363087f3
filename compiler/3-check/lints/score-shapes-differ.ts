import { scoreShapesDiffer } from '../../diagnostics/codes/score-shapes-differ.ts';
import { defineLint } from './lint.ts';

export const scoreShapesDifferLint = defineLint({
  codes: ['score-shapes-differ'],
  check({ report, training }) {
    if (!training) return;
    for (const { loss } of training.training.updates) {
      const scores = new Set(training.judgements(loss).map(({ node }) => node));
      const isScore = (index: number) => [...training.beneath(index)].some((node) => scores.has(node));
      for (const { op, node } of training.findBeneath(loss, 'binary')) {
        const [left, right] = node.inputs as [number, number];
        const { type: leftType, span: leftSpan } = training.node(left);
        const { type: rightType, span: rightSpan } = training.node(right);
        if (!leftType.batched || !rightType.batched || leftType.shape.join() === rightType.shape.join())
          continue;
        if ((op.operator !== '+' && op.operator !== '-') || !isScore(left) || !isScore(right)) continue;
        report.report(scoreShapesDiffer, {
          at: training.spanOf(node),
          facts: { left: leftType.shape, right: rightType.shape },
          also: node.span.file === leftSpan.file ? { left: leftSpan, right: rightSpan } : {},
        });
      }
    }
  },
});
