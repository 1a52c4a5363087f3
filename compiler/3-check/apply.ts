import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { applyLayer } from './apply-layer.ts';
import { applyLoss } from './apply-loss.ts';
import { applyModule } from './apply-module.ts';
import { applyNetwork } from './apply-network.ts';
import { applyPretrained } from './apply-pretrained.ts';
import { type Context, mistake } from './context.ts';
import { fieldOf } from './field.ts';
import { type CallableValue, calleeName, type Given, UNKNOWN, type Value } from './values.ts';

/**
 * Gives a callable its tensors. `first` is what flows in from the left; null when everything stands in the
 * parentheses.
 */
export function apply(callable: CallableValue, first: Given | null, ctx: Context): Value {
  return (callable.fields ?? []).reduce(
    (value, field) => fieldOf(value, field, ctx),
    resultOf(callable, first, ctx),
  );
}

function resultOf(callable: CallableValue, first: Given | null, ctx: Context): Value {
  const { callee, args, span } = callable;
  switch (callee.kind) {
    case 'layer':
      return applyLayer(callee.definition, first, args, span, ctx);
    case 'module':
      return applyModule(callee.graph, first, args, span, ctx);
    case 'network':
      return applyNetwork(callee.network, callee.graph, first ? [first, ...args] : args, span, ctx);
    case 'pretrained':
      return applyPretrained(callee.pretrained, first ? [first, ...args] : args, span, ctx);
    case 'loss':
      return applyLoss(callee.loss, callee.name, first ? [first, ...args] : args, span, ctx);
    default:
      if (first?.value.kind === 'unknown') return UNKNOWN;
      return mistake(ctx, argumentValue, {
        at: span,
        facts: {
          call: '->',
          name: 'the right side',
          wanted: 'a layer, a module or a network',
          given: `the ${callee.kind} ${calleeName(callee)}`,
        },
      });
  }
}
