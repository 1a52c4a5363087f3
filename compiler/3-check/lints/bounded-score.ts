import type * as ast from '../../1-parse/ast.ts';
import { eachReference } from '../../2-resolve/references.ts';
import { doubleSigmoid } from '../../diagnostics/codes/double-sigmoid.ts';
import { sigmoidOnScore } from '../../diagnostics/codes/sigmoid-on-score.ts';
import { rangeText } from '../../diagnostics/wording.ts';
import type { Span } from '../../source/span.ts';
import { judgesOf } from './judges.ts';
import { defineLint } from './lint.ts';
import { decidingLayer } from './network-layers.ts';
import { removeStep } from './spec-edits.ts';

const NEEDS_A_SCORE = new Set(['wasserstein', 'hinge', 'relativistic'] as const);

/** A sigmoid at the end of a judge: wrong for losses that want a score, double for those that want a logit. */
export const boundedScoreLint = defineLint({
  codes: ['sigmoid-on-score', 'double-sigmoid'],
  check({ file, report, training }) {
    if (!training) return;
    for (const { name, output, update, family } of judgesOf(training)) {
      const network = training.network(name);
      const made = network.outputs.find((candidate) => candidate.name === output) ?? network.outputs[0];
      const last = made ? decidingLayer(network, made.node) : null;
      if (!last || !['sigmoid', 'tanh', 'softmax'].includes(last.op.layer.name)) continue;
      const loss = scoreTerms(training.lossOf(update), training.lossSpan(update), name);
      const details = {
        at: last.span,
        also: { loss },
        trace: last.trace,
        fixes: removeStep(file.source, last.span),
      };
      const layer = last.op.layer.name;
      if ((NEEDS_A_SCORE as ReadonlySet<string>).has(family)) {
        const facts = { network: name, layer, range: rangeText(last.type.range), family: family as 'hinge' };
        report.report(sigmoidOnScore, { ...details, facts });
      } else if (family === 'logistic' && layer === 'sigmoid') {
        report.report(doubleSigmoid, {
          ...details,
          facts: { network: name, loss: lossName(training.lossOf(update)) },
        });
      }
    }
  },
});

/** The part of a sum that is about the judge's scores: penalties and other terms at its end are left out. */
function scoreTerms(loss: ast.Expr | null, whole: Span, judge: string): Span {
  let expr = loss;
  while (expr?.kind === 'binary' && (expr.operator === '+' || expr.operator === '-')) {
    if (scores(expr.right, judge)) break;
    expr = expr.left;
  }
  return expr?.span ?? whole;
}

/** Whether an expression looks at scores of the judge; a penalty looks at its slope instead. */
function scores(expr: ast.Expr, judge: string): boolean {
  let found = false;
  eachReference(expr, (ref) => {
    if (ref.path[0]!.name === judge && !ref.args?.some(({ value }) => value.kind === 'hole')) found = true;
  });
  return found;
}

function lossName(loss: ast.Expr | null): string {
  let name = 'this loss';
  if (loss) {
    eachReference(loss, (ref) => {
      const whole = ref.path.map((part) => part.name).join('.');
      if (name === 'this loss' && ref.args && (whole === 'bce' || whole === 'softplus')) name = whole;
    });
  }
  return name;
}
