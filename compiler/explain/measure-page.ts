import { signatureText } from '../arguments/signature-text.ts';
import type { Figure, Measure } from '../measures/measure.ts';
import { argumentItem } from './definition-page.ts';
import type { Page } from './page.ts';

/** The page of a measure: what it looks at, and the definition of each of its figures. */
export function measurePage(measure: Measure): Page {
  const { name, summary, documentation, inputs, arguments: table, figures } = measure;
  const list = [
    ...inputs.map((input) => `* \`${input.name}\`: ${input.summary}`),
    ...table.map(argumentItem),
  ];
  return {
    kind: 'measure',
    name,
    summary,
    markdown: () =>
      [
        `# ${name}`,
        `A measure: ${summary}.`,
        `    ${signatureText(name, table, inputs)}`,
        documentation.trim(),
        '## Figures',
        figures.map((figure) => `* \`${figure.name}\`: ${figureText(figure)}`).join('\n'),
        '## Arguments',
        list.join('\n'),
      ].join('\n\n'),
  };
}

/** The definition of a figure, and which way is better. */
export function figureText({ summary, better }: Figure): string {
  return better === null ? summary : `${summary}; ${better} is better`;
}
