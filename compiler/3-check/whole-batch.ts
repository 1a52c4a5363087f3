import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { type Context, mistake } from './context.ts';
import type { Given, TensorValue } from './values.ts';

/**
 * Whether a tensor is one for the whole batch, as `mean` and `batch_mean` give it, where something wants one per
 * example; that is reported.
 */
export function isOfWholeBatch(
  ctx: Context,
  { batched, shape }: TensorValue,
  given: Given,
  call: string,
  name: string,
): boolean {
  if (batched) return false;
  mistake(ctx, argumentValue, {
    at: given.expr?.span ?? given.span,
    facts: {
      call,
      name,
      wanted: 'a tensor with something for every example, such as fake or D(fake)',
      given:
        shape.length === 0
          ? 'one number for the whole batch'
          : `one tensor [${shape.join(', ')}] for the whole batch`,
    },
  });
  return true;
}
