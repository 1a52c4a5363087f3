import type * as ast from '../1-parse/ast.ts';

/** Calls `visit` for every reference in an expression, outer ones first. */
export function eachReference(expr: ast.Expr, visit: (ref: ast.Ref) => void): void {
  switch (expr.kind) {
    case 'ref':
      visit(expr);
      for (const arg of expr.args ?? []) eachReference(arg.value, visit);
      return;
    case 'list':
      for (const item of expr.items) eachReference(item, visit);
      return;
    case 'unary':
      eachReference(expr.operand, visit);
      return;
    case 'binary':
      eachReference(expr.left, visit);
      eachReference(expr.right, visit);
      return;
    case 'flow':
      eachReference(expr.head, visit);
      for (const step of expr.steps) eachReferenceInStep(step, visit);
      return;
  }
}

function eachReferenceInStep(step: ast.Step, visit: (ref: ast.Ref) => void): void {
  switch (step.kind) {
    case 'ref':
      eachReference(step, visit);
      return;
    case 'none':
      return;
    case 'for':
      eachReference(step.in, visit);
      break;
    case 'repeat':
      eachReference(step.count, visit);
      break;
  }
  for (const inner of step.body.steps) eachReferenceInStep(inner, visit);
}

/** Every reference in a body: its bindings, then its result. */
export function eachReferenceInBody(body: ast.Body, visit: (ref: ast.Ref) => void): void {
  for (const binding of body.bindings) eachReference(binding.value, visit);
  if (body.result.kind === 'record') {
    for (const field of body.result.fields) eachReference(field.value, visit);
  } else eachReference(body.result, visit);
}

/** `hinge.critic` of a reference. */
export function dotted(path: readonly ast.Name[]): string {
  return path.map((name) => name.name).join('.');
}
