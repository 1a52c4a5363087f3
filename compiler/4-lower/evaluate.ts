import type { Evaluation, Model } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import type { EvaluationPlan } from './compiled.ts';
import { lowerNode } from './graph.ts';
import { plainArguments } from './plain-arguments.ts';
import { MOST_NUMBERS } from './sample.ts';
import { sampleFlow } from './sample-flow.ts';

/**
 * The program that draws what the measures of a block look at, with networks as they are used: averaged weights, moving
 * statistics, no dropout. Data and latents are drawn as in training, so that what belongs together stays together.
 */
export function lowerEvaluation(
  model: Model,
  evaluation: Evaluation,
): { readonly program: t.Builder; readonly plan: EvaluationPlan } {
  const { network, every, samples, graph } = evaluation;
  const flow = sampleFlow(`evaluate.${network}`, model, batchOf(evaluation), graph);
  const { builder } = flow.scope;
  const outputs = new Map<number, string>();
  const measures = evaluation.measures.map(({ name, measure, args, text, ...inputs }) => {
    for (const [input, node] of inputs.samples) {
      if (outputs.has(node)) continue;
      // Never the name of a loss, which would have to be finite.
      outputs.set(node, `samples ${name}.${input}`);
      builder.output(outputs.get(node)!, lowerNode(flow, node));
    }
    const drawn = [...inputs.samples].map(([input, node]) => [input, outputs.get(node)!] as const);
    const modes = [...inputs.datasets].map(
      ([input, { source, args: given }]) => [input, source.modes!((one) => given.number(one))] as const,
    );
    return {
      name,
      measure: measure.name,
      args: plainArguments(args),
      text,
      samples: Object.fromEntries(drawn),
      modes: Object.fromEntries(modes),
    };
  });
  return { program: builder, plan: { network, program: builder.name, every, samples, measures } };
}

/** As many examples as are wanted, or as memory is kept for. */
function batchOf({ samples, graph }: Evaluation): number {
  const most = Math.max(1, ...graph.map(({ type }) => t.sizeOf(type.shape)));
  return Math.min(samples, Math.max(1, Math.floor(MOST_NUMBERS / most)));
}
