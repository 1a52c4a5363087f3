import type { Name } from '../1-parse/ast.ts';
import { unknownName } from '../diagnostics/codes/unknown-name.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { type Context, hasBatches, mistake } from './context.ts';
import { dataTensor } from './training-tensors.ts';
import { type Callee, inWords, type TensorValue, UNKNOWN, type Value } from './values.ts';

/** `faces.image`, `D(x).score`: what stands after a dot. */
export function fieldOf(value: Value, field: Name, ctx: Context): Value {
  switch (value.kind) {
    case 'unknown':
      return UNKNOWN;
    case 'record':
      return value.fields.get(field.name) ?? unknownField(value.owner, [...value.fields.keys()], field, ctx);
    case 'dataset': {
      const { dataset } = value;
      const names = dataset.fields.map((f) => f.name);
      if (!names.includes(field.name)) return unknownField(dataset.name, names, field, ctx);
      const on = ctx.world.resolved.train?.on.map((name) => name.name) ?? [];
      const areKnown = on.every((name) => ctx.world.resolved.names.datasets.has(name));
      if (ctx.place === 'train' && areKnown && !on.includes(dataset.name)) {
        return mistake(ctx, unknownName, {
          at: field.span,
          facts: { name: dataset.name, kind: 'dataset in `train on`', suggestion: null, known: on },
        });
      }
      if (hasBatches(ctx)) return dataTensor(dataset, field.name, field.span, ctx) ?? UNKNOWN;
      return mistake(ctx, unknownName, {
        at: field.span,
        facts: {
          name: `${dataset.name}.${field.name}`,
          kind: `input of ${ctx.owner}`,
          suggestion: null,
          known: [],
        },
      });
    }
    case 'callable':
      // `x -> D.score`: of what it will make.
      if (!hasOutputs(value.callee)) return unknownField(inWords(value), [], field, ctx);
      return { ...value, fields: [...(value.fields ?? []), field] };
    case 'tensor':
      return unknownField(modelThatMade(value, ctx) ?? 'a tensor', [], field, ctx);
    default:
      return unknownField(inWords(value), [], field, ctx);
  }
}

function hasOutputs({ kind }: Callee): boolean {
  return kind === 'network' || kind === 'module' || kind === 'pretrained';
}

/** The pretrained model whose only output a tensor is; a field of it was meant to be a layer. */
function modelThatMade({ graph, node }: TensorValue, { world }: Context): string | null {
  const op = graph?.nodes[node]?.op;
  const name = op?.kind === 'call' ? op.network.split(' ')[0]! : null;
  return name !== null && world.networkNamed(name)?.kind === 'pretrained' ? name : null;
}

function unknownField(owner: string, known: readonly string[], field: Name, ctx: Context): Value {
  const suggestion = nearest(field.name, known);
  const what = ctx.world.networkNamed(owner)?.kind === 'pretrained' ? 'output' : 'field';
  return mistake(ctx, unknownName, {
    at: field.span,
    facts: { name: field.name, kind: `${what} of ${owner}`, suggestion, known },
    fixes: suggestion ? [renameFix(field.span, suggestion)] : [],
  });
}
