import { Dim } from '../../compiler/3-check/dim.ts';
import type { Argument } from '../../compiler/arguments/argument.ts';
import { Arguments, type ArgumentValue } from '../../compiler/arguments/arguments.ts';
import { constraints } from '../../compiler/constraints/index.ts';
import { distributions } from '../../compiler/distributions/index.ts';

/** What has a name and a table of arguments: a layer, an optimizer, a schedule. */
interface Definition {
  readonly name: string;
  readonly arguments: readonly Argument[];
}

/**
 * Reads a call such as `conv2d(4, kernel: 3)` against the definitions, so that they can be tested without the
 * parser and the checker. It knows the few forms that examples use and throws at anything else.
 */
export function readCall<D extends Definition>(
  text: string,
  definitions: readonly D[],
): { readonly definition: D; readonly args: Arguments } {
  const [, name, inside = ''] = /^([a-z0-9_.]+)(?:\((.*)\))?$/s.exec(text) ?? [];
  const definition = definitions.find((candidate) => candidate.name === name);
  if (!definition) throw new Error(`no definition for ${text}`);
  return { definition, args: readArguments(definition, inside) };
}

function readArguments({ name: owner, arguments: table }: Definition, inside: string): Arguments {
  const spans = new Map<string, { file: string; start: number; end: number }>();
  const values = new Map<string, ArgumentValue>();
  for (const { name, default: value } of table) if (value !== undefined) values.set(name, value);
  let place = 0;
  for (const part of split(inside)) {
    const [, named, value = ''] = /^(?:([a-z_0-9]+):\s*)?(.*)$/s.exec(part)!;
    const argument = named ? table.find((candidate) => candidate.name === named) : table[place];
    if (!argument) throw new Error(`${owner} has no argument ${named ?? part}`);
    const read = readValue(value, argument);
    const before = values.get(argument.name);
    const gathered = argument.rest && spans.has(argument.name) ? (before as readonly ArgumentValue[]) : [];
    values.set(argument.name, argument.rest ? [...gathered, read] : read);
    spans.set(argument.name, { file: 'example', start: 0, end: 0 });
    if (!named && !argument.rest) place++;
  }
  for (const { name } of table) if (!values.has(name)) throw new Error(`${owner} lacks ${name}`);
  return new Arguments(values, spans);
}

function readValue(text: string, { kind }: Argument): ArgumentValue {
  if (kind === 'distribution' || kind === 'constraint') {
    const { definition, args } = readCall<Definition>(
      text,
      kind === 'distribution' ? distributions : constraints,
    );
    return { name: definition.name, arguments: args };
  }
  const value = JSON.parse(text) as ArgumentValue;
  if (kind === 'padding' && Array.isArray(value)) {
    return value.map((sides) => (typeof sides === 'number' ? [sides, sides] : sides));
  }
  if (kind === 'size' || kind === 'sizes') return Dim.of(value as number);
  if (kind === 'shape') return (Array.isArray(value) ? value : [value]).map((size) => Dim.of(size as number));
  return value;
}

/** Cuts at the commas that stand in no brackets. */
function split(text: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (const [at, letter] of [...text].entries()) {
    if ('[('.includes(letter)) depth++;
    if ('])'.includes(letter)) depth--;
    if (letter !== ',' || depth > 0) continue;
    parts.push(text.slice(start, at).trim());
    start = at + 1;
  }
  const last = text.slice(start).trim();
  return last ? [...parts, last] : parts;
}
