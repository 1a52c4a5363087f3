import { shapeText } from '../diagnostics/wording.ts';
import type { Primitive } from '../tensor/primitive.ts';
import type { Page } from './page.ts';

/** The page of a primitive of the tensor program: for those who read programs, or write layers. */
export function primitivePage(primitive: Primitive): Page {
  const { name, summary, family, decompose, examples } = primitive;
  return {
    kind: 'primitive',
    name,
    summary,
    markdown: () =>
      [
        `# ${name}`,
        `A primitive of the tensor program (${family}): ${summary}.`,
        decompose
          ? 'It can also be written in other primitives, for engines that have no kernel of their own for it.'
          : 'Its gradient is written in primitives again, so that gradients of any order are.',
        '## Examples',
        examples
          .map(({ inputs, attributes }) => {
            const options = Object.keys(attributes).length > 0 ? `  ${JSON.stringify(attributes)}` : '';
            return `    ${name}(${inputs.map(shapeText).join(', ')})${options}`;
          })
          .join('\n'),
      ].join('\n\n'),
  };
}
