import type * as ast from '../../1-parse/ast.ts';
import { channelsFirst } from '../../diagnostics/codes/channels-first.ts';
import { replaceFix } from '../../diagnostics/fixes.ts';
import type { Reporter } from '../../diagnostics/reporter.ts';

/** Grey, colour, colour with transparency. */
const CHANNELS = new Set([1, 3, 4]);
/** No picture that is 3 high is meant; one that is 3 × 4 may be a table of numbers. */
const SMALLEST_SIDE = 8;

/**
 * Judges the declared shapes alone, so that it also speaks in a spec with errors: those that follow from an image
 * written the wrong way round.
 */
export function lintChannelsFirst(file: ast.SpecFile, report: Reporter): void {
  for (const item of file.items) {
    if (item.kind !== 'data') continue;
    for (const { name, type } of item.fields) {
      const { expr } = type;
      if (expr.kind !== 'list' || expr.items.length !== 3) continue;
      const [first, height, last] = expr.items.map((size) => sizeOf(size, file)) as [number, number, number];
      if (!CHANNELS.has(first) || !(height >= SMALLEST_SIDE && last >= SMALLEST_SIDE)) continue;
      const texts = expr.items.map(({ span }) => file.source.text.slice(span.start, span.end));
      const list = (parts: readonly string[]) => `[${parts.join(', ')}]`;
      const wanted = list([...texts.slice(1), texts[0]!]);
      report.report(channelsFirst, {
        at: expr.span,
        facts: { name: `${item.name.name}.${name.name}`, written: list(texts), wanted, channels: first },
        fixes: [replaceFix(`Change to ${wanted}`, expr.span, wanted, true)],
      });
    }
  }
}

/** A size that is written as a number or as the name of a param; NaN for a calculation. */
function sizeOf(size: ast.Expr, file: ast.SpecFile): number {
  if (size.kind === 'number') return size.value;
  if (size.kind !== 'ref' || size.args !== null || size.path.length > 1) return Number.NaN;
  const param = file.items.find((item) => item.kind === 'param' && item.name.name === size.path[0]!.name);
  return param?.kind === 'param' && param.value.kind === 'number' ? param.value.value : Number.NaN;
}
