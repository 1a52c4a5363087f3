import type { Argument } from '../arguments/argument.ts';
import { signatureText } from '../arguments/signature-text.ts';
import { countText, listText, shapeText } from '../diagnostics/wording.ts';
import type { Layer } from '../layers/layer.ts';
import type { Page, PageKind } from './page.ts';

/** What every definition has that takes arguments. */
interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly documentation: string;
  readonly arguments: readonly Argument[];
}

/** The page of a penalty, optimizer, schedule, distribution, constraint or source. */
export function definitionPage(
  kind: PageKind,
  definition: Definition,
  examples: readonly string[] = [],
): Page {
  const { name, summary, documentation } = definition;
  return {
    kind,
    name,
    summary,
    markdown: () =>
      [
        `# ${name}`,
        `A ${kind}: ${summary}.`,
        `    ${signatureText(name, definition.arguments)}`,
        documentation.trim(),
        ...(definition.arguments.length > 0 ? ['## Arguments', argumentList(definition.arguments)] : []),
        ...(examples.length > 0 ? ['## Examples', examples.join('\n')] : []),
      ].join('\n\n'),
  };
}

/** The page of a layer or function, with the shapes and weights of its examples. */
export function layerPage(kind: 'layer' | 'function', layer: Layer): Page {
  const examples = layer.examples.map(({ call, inputs, output, weights }) => {
    const count = weights ? `, ${countText(weights, 'weight')}` : '';
    return `    ${inputs.map(shapeText).join(', ')} -> ${call}  makes ${shapeText(output)}${count}`;
  });
  return definitionPage(kind, layer, examples);
}

function argumentList(table: readonly Argument[]): string {
  return table
    .map(
      (argument) =>
        `* \`${argument.name}\`: ${argument.summary} (${[kindText(argument), defaultText(argument)].join('; ')})`,
    )
    .join('\n');
}

function defaultText({ default: value }: Argument): string {
  if (value === undefined) return 'required';
  return `default ${value === null ? 'none' : typeof value === 'string' ? `"${value}"` : Array.isArray(value) ? shapeText(value) : value}`;
}

const KINDS: Readonly<Record<Argument['kind'], string>> = {
  size: 'a whole number',
  sizes: 'whole numbers',
  int: 'a whole number',
  number: 'a number',
  scheduled: 'a number or a schedule',
  boolean: 'true or false',
  choice: 'a choice',
  string: 'a text',
  points: 'points [step, value]',
  padding: '"same", "valid", a number, or [[before, after], …]',
  distribution: 'a distribution',
  constraint: 'a constraint',
  shape: 'a shape',
  interval: 'an interval [low, high]',
};

function kindText({ kind, min, max, choices }: Argument): string {
  if (choices)
    return listText(
      choices.map((choice) => `"${choice}"`),
      'or',
    );
  const bounds =
    min !== undefined && max !== undefined
      ? ` from ${min} to ${max}`
      : min !== undefined
        ? ` of at least ${min}`
        : max !== undefined
          ? ` of at most ${max}`
          : '';
  return `${KINDS[kind]}${bounds}`;
}
