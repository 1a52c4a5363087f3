import type * as ast from '../1-parse/ast.ts';
import type { Context } from './context.ts';
import type { Dim } from './dim.ts';
import type { Change } from './output-report.ts';
import { textAt } from './source-text.ts';

/**
 * What to do about a map that is too small or too large by some doublings: a round more or less of the loop
 * that doubles, or another step. Null when no number of doublings would do.
 */
export function loopSuggestion(
  expr: ast.Expr,
  change: Change,
  made: readonly Dim[],
  wanted: readonly Dim[],
  ctx: Context,
): string | null {
  const missing = doublings(made, wanted);
  if (missing === null) return null;
  const isDoubling = change.heights.every(
    (size, i) => i === 0 || size.equals(change.heights[i - 1]!.times(2)),
  );
  const step = expr.kind === 'flow' ? expr.steps.find((s) => s.span.start === change.span.start) : undefined;
  if (isDoubling && step?.kind === 'for' && step.in.kind === 'list') {
    const items = step.in.items;
    const texts = items.map((item) => textAt(ctx.world, item.span));
    if (missing < 0) {
      const fewer = texts.slice(0, missing);
      return fewer.length > 0
        ? `remove ${sizes(-missing)} from the list, for example [${fewer.join(', ')}]`
        : null;
    }
    const last = items[items.length - 1];
    if (missing === 1 && last) texts.push(half(last, texts[texts.length - 1]!));
    else return `add ${sizes(missing)} to the list`;
    return `add ${sizes(missing)} to the list, for example [${texts.join(', ')}]`;
  }
  if (isDoubling && step?.kind === 'repeat') {
    const count = step.count.kind === 'number' ? step.count.value + missing : null;
    return count !== null && count > 0 ? `repeat ${count} times` : null;
  }
  if (missing > 0)
    return `double ${missing === 1 ? 'once' : `${missing} times`} more, for example with upsample(2)`;
  return `leave out ${missing === -1 ? 'one doubling' : `${-missing} doublings`}`;
}

function sizes(count: number): string {
  return count === 1 ? 'a size' : `${count} sizes`;
}

/** How many doublings lead from one map to the other, the same for every axis but the last; else null. */
function doublings(made: readonly Dim[], wanted: readonly Dim[]): number | null {
  if (made.length !== wanted.length || made.length < 2) return null;
  const steps = made.slice(0, -1).map((size, axis) => {
    const [from, to] = [size.value, wanted[axis]!.value];
    return from && to ? Math.log2(to / from) : Number.NaN;
  });
  const changing = [...new Set(steps.filter((step) => step !== 0))];
  return changing.length === 1 && Number.isInteger(changing[0]) ? changing[0]! : null;
}

/** The next entry of a list of falling sizes: 256 → 128, 2*ch → ch. */
function half(expr: ast.Expr, text: string): string {
  if (expr.kind === 'number') return String(Math.max(1, Math.floor(expr.value / 2)));
  if (expr.kind === 'binary' && expr.operator === '*' && expr.left.kind === 'number') {
    const factor = expr.left.value / 2;
    const rest = text.slice(text.indexOf('*') + 1).trim();
    if (factor === 1) return rest;
    if (Number.isInteger(factor)) return `${factor}*${rest}`;
  }
  return `${text}/2`;
}
