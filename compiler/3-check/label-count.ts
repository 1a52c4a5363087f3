import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { type Context, mistake } from './context.ts';
import type { Signature, SignaturePort } from './signature.ts';
import type { Given, Label } from './values.ts';

/** Reports a label with another number of classes than a port takes, and says whether it did. */
export function labelCountDiffers(
  ctx: Context,
  signature: Signature,
  port: SignaturePort,
  wanted: Label,
  given: Label,
  at: Given,
): boolean {
  const [takes, has] = [wanted.classes.value, given.classes.value];
  if (takes === null || has === null || takes === has) return false;
  mistake(ctx, argumentValue, {
    at: at.span,
    facts: {
      call: signature.graph.name.name,
      name: port.name,
      wanted: `label(${takes})`,
      given: `label(${has})`,
    },
  });
  return true;
}
