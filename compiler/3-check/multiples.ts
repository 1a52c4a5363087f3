import type * as ast from '../1-parse/ast.ts';

/** Beyond this a promise is not worth keeping apart: the division is checked where it is made. */
const LARGEST = 4096;

/**
 * What each name of a signature must be a multiple of, because the signature divides it: `H/2` demands an even
 * H. A quotient inside `ceil(…)` or `floor(…)` demands nothing.
 */
export function promisedMultiples(graph: ast.Graph): ReadonlyMap<string, number> {
  const multiples = new Map<string, number>();
  for (const port of graph.ports) if (port.type) visit(port.type.expr, 1, multiples);
  const outputs =
    graph.output.kind === 'type' ? [graph.output] : graph.output.fields.map((field) => field.type);
  for (const type of outputs) visit(type.expr, 1, multiples);
  return multiples;
}

/** The same with what the body divides, which is demanded where the body does it. */
export function usedMultiples(graph: ast.Graph): ReadonlyMap<string, number> {
  const multiples = new Map(promisedMultiples(graph));
  for (const port of graph.ports) if (port.default) visit(port.default, 1, multiples);
  for (const binding of graph.body.bindings) visit(binding.value, 1, multiples);
  const { result } = graph.body;
  for (const expr of result.kind === 'record' ? result.fields.map((field) => field.value) : [result]) {
    visit(expr, 1, multiples);
  }
  return multiples;
}

function visit(expr: ast.Expr, divisor: number, found: Map<string, number>): void {
  switch (expr.kind) {
    case 'ref': {
      const [name, ...more] = expr.path;
      if (expr.args === null) {
        if (more.length === 0 && divisor > 1) {
          const multiple = leastCommonMultiple(found.get(name!.name) ?? 1, divisor);
          if (multiple <= LARGEST) found.set(name!.name, multiple);
        }
        return;
      }
      if (name!.name === 'ceil' || name!.name === 'floor') return;
      for (const arg of expr.args) visit(arg.value, 1, found);
      return;
    }
    case 'list':
      for (const item of expr.items) visit(item, 1, found);
      return;
    case 'unary':
      visit(expr.operand, divisor, found);
      return;
    case 'binary': {
      const by = expr.operator === '/' && expr.right.kind === 'number' ? expr.right.value : 1;
      const inner = Number.isInteger(by) && by >= 1 ? divisor * by : divisor;
      visit(expr.left, inner, found);
      if (expr.operator !== '/') visit(expr.right, divisor, found);
      return;
    }
    case 'flow':
      visit(expr.head, 1, found);
      for (const step of expr.steps) visitStep(step, found);
      return;
  }
}

function visitStep(step: ast.Step, found: Map<string, number>): void {
  switch (step.kind) {
    case 'none':
      return;
    case 'ref':
      visit(step, 1, found);
      return;
    case 'for':
      visit(step.in, 1, found);
      break;
    case 'repeat':
      visit(step.count, 1, found);
      break;
  }
  for (const inner of step.body.steps) visitStep(inner, found);
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
