import type { Argument } from '../arguments/argument.ts';
import { kindText } from '../arguments/kind-text.ts';
import { signatureText } from '../arguments/signature-text.ts';
import { countText, shapeText } from '../diagnostics/wording.ts';
import type { Layer } from '../layers/layer.ts';
import type { Penalty } from '../regularizers/penalty.ts';
import type { Page, PageKind } from './page.ts';

/** What a call takes besides its arguments. */
interface Side {
  readonly name: string;
  readonly summary: string;
  readonly takes: keyof typeof TAKES;
  readonly optional?: boolean;
}

/** What every definition has that takes arguments. */
interface Definition {
  readonly sides?: readonly Side[];
  readonly name: string;
  readonly summary: string;
  readonly documentation: string;
  readonly arguments: readonly Argument[];
}

/** The page of an optimizer, schedule, distribution, constraint or source. */
export function definitionPage(
  kind: PageKind,
  definition: Definition,
  examples: readonly string[] = [],
): Page {
  const { name, summary, documentation, sides = [] } = definition;
  const list = [...sides.map(sideItem), ...definition.arguments.map(argumentItem)];
  return {
    kind,
    name,
    summary,
    markdown: () =>
      [
        `# ${name}`,
        `A ${kind}: ${summary}.`,
        `    ${signatureText(name, definition.arguments, sides)}`,
        documentation.trim(),
        ...(list.length > 0 ? ['## Arguments', list.join('\n')] : []),
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

/** The page of a penalty, with what it looks at. */
export function penaltyPage(penalty: Penalty): Page {
  const subject: Side =
    penalty.looksAt === 'weights'
      ? { name: 'network', summary: 'whose kernels it looks at', takes: 'network' }
      : {
          name: 'critic',
          summary: 'what it looks at, with `_` where its input goes: `D`, `D(_, y)`',
          takes: 'network',
        };
  const tensors = penalty.tensors.map(
    (name): Side => ({ name, summary: 'what goes in there, or has points between that do', takes: 'tensor' }),
  );
  return definitionPage('penalty', { ...penalty, sides: [subject, ...tensors] });
}

/** An argument as an item of a list, with what it takes and its default. */
export function argumentItem(argument: Argument): string {
  return `* \`${argument.name}\`: ${argument.summary} (${[kindText(argument), defaultText(argument)].join('; ')})`;
}

const TAKES = { network: 'a network', tensor: 'a tensor', label: 'a label', either: 'a tensor or a label' };

function sideItem({ name, summary, takes, optional }: Side): string {
  return `* \`${name}\`: ${summary} (${TAKES[takes]}; ${optional ? 'default none' : 'required'})`;
}

function defaultText({ default: value }: Argument): string {
  if (value === undefined) return 'required';
  return `default ${value === null ? 'none' : typeof value === 'string' ? `"${value}"` : Array.isArray(value) ? shapeText(value) : value}`;
}
