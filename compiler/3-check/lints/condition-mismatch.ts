import type * as ast from '../../1-parse/ast.ts';
import { eachReference } from '../../2-resolve/references.ts';
import { conditionMismatch } from '../../diagnostics/codes/condition-mismatch.ts';
import type { Span } from '../../source/span.ts';
import { defineLint } from './lint.ts';

export const conditionMismatchLint = defineLint({
  codes: ['condition-mismatch'],
  check({ file, report, training }) {
    if (!training) return;
    for (const update of training.training.updates) {
      for (const { node: index, judge, makers } of training.judgements(update.loss)) {
        // A judge may be shown wrong pairs on purpose, to learn that they are wrong; a maker must satisfy it.
        for (const maker of makers.filter((name) => update.networks.includes(name))) {
          const made = training.findBeneath(index, 'call').find(({ op }) => op.network === maker)!;
          for (const input of training.node(index).inputs) {
            const own = training.beneath(input);
            if (own.has(made.index)) continue;
            const { type, op } = training.node(input);
            const given = made.node.inputs.filter((candidate) => {
              const other = training.node(candidate);
              return type.label !== null ? other.type.label !== null : isPicture(candidate);
            });
            if (given.length === 0) continue;
            const same =
              type.label !== null
                ? given.includes(input)
                : op.kind !== 'data' || sharesData(input, fakeOf(index, made.index));
            if (same) continue;
            const port = made.node.inputs.indexOf(given[0]!);
            const madeSpan = argumentSpan(training.spanOf(made.node), port);
            const judgedSpan = argumentSpan(
              training.spanOf(training.node(index)),
              training.node(index).inputs.indexOf(input),
            );
            report.report(conditionMismatch, {
              at: judgedSpan,
              facts: {
                judge,
                maker,
                madeWith: training.text(madeSpan),
                judgedWith: training.text(judgedSpan),
                condition: type.label !== null ? 'labels' : 'picture',
              },
              also: { made: madeSpan },
            });
          }
        }
      }
    }

    function isPicture(index: number): boolean {
      return training!.findBeneath(index, 'data').some(({ node }) => node.type.label === null);
    }

    /** What is judged: an encoder beside the maker may be given another picture, as long as the fake knows that of the judge. */
    function fakeOf(judged: number, made: number): number {
      return training!.node(judged).inputs.find((input) => training!.beneath(input).has(made))!;
    }

    function sharesData(a: number, b: number): boolean {
      const own = new Set(training!.findBeneath(a, 'data').map((found) => found.index));
      return training!.findBeneath(b, 'data').some((found) => own.has(found.index));
    }

    /** The argument of a call by position, as written; the whole call when it is not written so. */
    function argumentSpan(call: Span, position: number): Span {
      let found: Span = call;
      eachReferenceIn(file, (ref) => {
        if (ref.span.start !== call.start || ref.span.end !== call.end) return;
        found = ref.args?.[position]?.value.span ?? call;
      });
      return found;
    }
  },
});

function eachReferenceIn(file: ast.SpecFile, visit: (ref: ast.Ref) => void): void {
  for (const item of file.items) {
    if (item.kind !== 'train') continue;
    for (const entry of item.entries) {
      if (entry.kind === 'binding' || entry.kind === 'option') eachReference(entry.value, visit);
      else for (const option of entry.options) eachReference(option.value, visit);
    }
  }
}
