import type * as ast from '../../1-parse/ast.ts';
import { eachReference } from '../../2-resolve/references.ts';
import { updateHasNoEffect } from '../../diagnostics/codes/update-has-no-effect.ts';
import { defineLint } from './lint.ts';
import type { TrainingView } from './training-view.ts';

export const updateHasNoEffectLint = defineLint({
  codes: ['update-has-no-effect'],
  check({ file, report, training }) {
    if (!training) return;
    for (const update of training.training.updates) {
      const reached = training.networksBeneath(update.loss);
      const loss = training.lossOf(update);
      for (const network of update.networks) {
        if (reached.has(network)) continue;
        const made = bindingMadeBy(training, network);
        report.report(updateHasNoEffect, {
          at: training.lossSpan(update),
          facts: {
            network,
            update: update.networks.join(', '),
            uses: loss ? namesUsed(training, loss) : [],
            made,
            suggestion: loss && made ? withBinding(training, file.source.text, loss, made) : null,
          },
        });
      }
    }
  },
});

/** The first name that training gives to something which the network made. */
function bindingMadeBy(training: TrainingView, network: string): string | null {
  for (const [name, node] of training.training.bindings) {
    const { op } = training.node(node);
    if (op.kind === 'call' && op.network === network) return name;
  }
  return null;
}

/** Networks, bindings and data that a loss refers to, in the order written. */
function namesUsed(training: TrainingView, loss: ast.Expr): string[] {
  const names = new Set<string>();
  const networks = new Set(training.model.networks.map(({ name }) => name));
  const datasets = new Set(training.model.datasets.map(({ name }) => name));
  const latents = new Set(training.model.latents.map(({ name }) => name));
  eachReference(loss, (ref) => {
    const first = ref.path[0]!.name;
    if (networks.has(first) || training.training.bindings.has(first) || latents.has(first)) names.add(first);
    else if (datasets.has(first)) names.add(ref.path.map(({ name }) => name).join('.'));
  });
  return [...names];
}

/** The loss with the one tensor that no network made replaced; null when there is no such one. */
function withBinding(training: TrainingView, text: string, loss: ast.Expr, made: string): string | null {
  const found: ast.Ref[] = [];
  eachReference(loss, (ref) => {
    const node = ref.args === null ? training.training.bindings.get(ref.path[0]!.name) : undefined;
    if (node !== undefined && training.findBeneath(node, 'call').length === 0) found.push(ref);
  });
  if (new Set(found.map((ref) => ref.path[0]!.name)).size !== 1) return null;
  let result = text.slice(loss.span.start, loss.span.end);
  for (const { span } of found.sort((a, b) => b.span.start - a.span.start)) {
    result = result.slice(0, span.start - loss.span.start) + made + result.slice(span.end - loss.span.start);
  }
  return result.length <= 60 ? result.replace(/\s+/g, ' ') : null;
}
