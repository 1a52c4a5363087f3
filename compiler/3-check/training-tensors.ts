import type { Span } from '../source/span.ts';
import type { Context } from './context.ts';
import { Dim } from './dim.ts';
import { UNBOUNDED } from './interval.ts';
import type { Dataset, Latent, ScheduleValue } from './model.ts';
import { addNode, knownShape } from './tensors.ts';
import type { TensorValue } from './values.ts';

/** The draw of a latent for this batch. */
export function latentTensor(latent: Latent, span: Span, ctx: Context): TensorValue {
  const { shape, range } = latent.type;
  return inTraining(ctx, (outer) =>
    addNode(
      outer,
      { kind: 'latent', latent: latent.name },
      [],
      { shape: knownShape(shape), range, batched: true },
      span,
    ),
  );
}

/** A field of this batch of a dataset. */
export function dataTensor(dataset: Dataset, name: string, span: Span, ctx: Context): TensorValue | null {
  const field = dataset.fields.find((f) => f.name === name);
  if (!field) return null;
  const { shape, range, label } = field.type;
  const parts = {
    shape: knownShape(shape),
    range,
    label: label === null ? null : { classes: Dim.of(label), declared: field.span },
    batched: true,
  };
  return inTraining(ctx, (outer) =>
    addNode(outer, { kind: 'data', dataset: dataset.name, field: name }, [], parts, span),
  );
}

/** A number that depends on the step. */
export function scheduleTensor(schedule: ScheduleValue, span: Span, ctx: Context): TensorValue {
  const parts = { shape: [], range: UNBOUNDED, batched: false };
  return inTraining(ctx, (outer) => addNode(outer, { kind: 'schedule', schedule }, [], parts, span));
}

/** Data, latents and schedules belong to the graph of training; a critic captures them from there. */
function inTraining(ctx: Context, add: (outer: Context) => TensorValue): TensorValue {
  let { graph } = ctx;
  while (graph?.outer) graph = graph.outer;
  return add({ ...ctx, graph });
}
