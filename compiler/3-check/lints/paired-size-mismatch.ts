import { pairedSizeMismatch } from '../../diagnostics/codes/paired-size-mismatch.ts';
import { defineLint } from './lint.ts';

export const pairedSizeMismatchLint = defineLint({
  codes: ['paired-size-mismatch'],
  check({ model, report }) {
    for (const { name, source, fields } of model.datasets) {
      if (source.name !== 'paired') continue;
      const [first, ...others] = fields.filter((field) => field.type.shape.length === 3);
      for (const second of others) {
        if (first!.type.shape.slice(0, 2).join() === second.type.shape.slice(0, 2).join()) continue;
        report.report(pairedSizeMismatch, {
          at: second.span,
          facts: {
            first: `${name}.${first!.name}`,
            firstShape: first!.type.shape,
            second: `${name}.${second.name}`,
            secondShape: second.type.shape,
          },
          also: { first: first!.span },
        });
      }
    }
  },
});
