import { type JsonStructureProblem, jsonStructure } from '../diagnostics/codes/json-structure.ts';
import { missingVersion } from '../diagnostics/codes/missing-version.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import { listText } from '../diagnostics/wording.ts';
import type { Span } from '../source/span.ts';
import { jsonForm } from './json-form.ts';
import { validate as generatedValidate } from './json-form-validator.ts';
import type { JsonNode, JsonObject } from './json-text.ts';
import { LANGUAGE_VERSION } from './limits.ts';

interface Fault {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const validate = generatedValidate as { (data: unknown): boolean; errors?: readonly Fault[] | null };

/** More faults than anybody reads in one go. */
const MAX_FAULTS = 50;

/**
 * Compares a JSON file with the form of a spec and reports every difference where it is. Returns the nodes
 * that have a fault somewhere inside, so that the rest can be read.
 */
export function checkStructure(root: JsonNode, file: string, reporter: Reporter): ReadonlySet<JsonNode> {
  const faulty = new Set<JsonNode>();
  if (validate(plain(root))) return faulty;
  const told = new Set<JsonNode>();
  const faults = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').slice(0, MAX_FAULTS);
  for (const fault of faults) {
    const steps = fault.instancePath.split('/').slice(1).map(unescapePointer);
    const path = nodesAlong(root, steps);
    const node = path.at(-1)!;
    for (const along of path) faulty.add(along);
    const key = fault.keyword === 'additionalProperties' ? String(fault.params.additionalProperty) : null;
    if (key === null && told.has(node)) continue;
    told.add(node);
    report(fault, steps, path, key, file, reporter);
  }
  return faulty;
}

function report(
  fault: Fault,
  steps: readonly string[],
  path: readonly JsonNode[],
  key: string | null,
  file: string,
  reporter: Reporter,
): void {
  const node = path.at(-1)!;
  const spanOf = ({ start, end }: { start: number; end: number }): Span => ({ file, start, end });
  const owner = ownerOf(steps, node);
  if (key !== null && node.kind === 'object') {
    const entry = node.entries.findLast((one) => one.key.value === key)!;
    const suggestion = nearest(key, owner.keys);
    const inside = { file, start: entry.key.start + 1, end: entry.key.end - 1 };
    reporter.report(jsonStructure, {
      at: inside,
      facts: { kind: 'unknown key', key, owner: owner.name, suggestion, known: owner.keys },
      fixes: suggestion ? [renameFix(inside, suggestion)] : [],
    });
    return;
  }
  if (fault.keyword === 'required') {
    const missing = String(fault.params.missingProperty);
    const at = keySpan(path, steps, file) ?? { file, start: node.start, end: node.start + 1 };
    if (steps.length === 0 && missing === 'gan') {
      reporter.report(missingVersion, { at, facts: { form: 'json', version: LANGUAGE_VERSION } });
      return;
    }
    reporter.report(jsonStructure, { at, facts: { kind: 'missing key', key: missing, owner: owner.name } });
    return;
  }
  reporter.report(jsonStructure, { at: spanOf(node), facts: wrongKind(fault, steps, node, owner.name) });
}

function wrongKind(
  fault: Fault,
  steps: readonly string[],
  node: JsonNode,
  owner: string,
): JsonStructureProblem {
  const types = [fault.params.type ?? []].flat() as string[];
  const name = steps.findLast((step) => !/^\d+$/.test(step));
  return {
    kind: 'wrong kind',
    owner:
      steps.length === 0
        ? 'a spec'
        : owner === 'this object' && name
          ? `\`${name}\``
          : `\`${name ?? owner}\``,
    wanted:
      fault.keyword === 'minItems'
        ? 'a list that is not empty'
        : listText(
            types.map((t) => WORDS[t] ?? t),
            'or',
          ),
    found:
      node.kind === 'array' && node.items.length === 0 ? 'an empty list' : (WORDS[node.kind] ?? node.kind),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

const SECTIONS: Readonly<Record<string, readonly [definition: string, name: string]>> = {
  modules: ['graph', 'a module'],
  networks: ['graph', 'a network'],
  generators: ['graph', 'a generator'],
  discriminators: ['graph', 'a discriminator'],
  data: ['dataset', 'a dataset'],
  losses: ['loss', 'a loss'],
  pretrained: ['pretrained', 'a pretrained network'],
};

/** What an object is, in words, and which keys it may have. */
function ownerOf(steps: readonly string[], node: JsonNode): { name: string; keys: readonly string[] } {
  if (steps.length === 0) return { name: 'a spec', keys: Object.keys(jsonForm.properties) };
  const section = SECTIONS[steps[0]!];
  if (section && steps.length === 2) return { name: section[1], keys: keysOf(section[0]) };
  if (steps[0] === 'train' && steps.length === 1) return { name: '`train`', keys: keysOf('train') };
  if (steps[2] === 'ports' && steps.length === 4) return { name: 'an input', keys: ['type', 'default'] };
  if (node.kind === 'object') {
    const has = (key: string) => node.entries.some((entry) => entry.key.value === key);
    if (has('for')) return { name: '`for`', keys: ['for', 'in', 'do'] };
    if (has('repeat')) return { name: '`repeat`', keys: ['repeat', 'do'] };
    if (has('per_frame')) return { name: '`per_frame`', keys: ['per_frame'] };
    if (has('shape') || has('range')) return { name: 'a type', keys: ['shape', 'range'] };
    if (has('record')) return { name: 'a record', keys: ['record'] };
    if (has('value')) return { name: 'a value with a doc', keys: ['value', 'doc'] };
  }
  return { name: 'this object', keys: [] };
}

function keysOf(definition: string): readonly string[] {
  const definitions = jsonForm.definitions as Record<string, { properties?: object }>;
  return Object.keys(definitions[definition]?.properties ?? {});
}

/** The key under which the last node stands. */
function keySpan(path: readonly JsonNode[], steps: readonly string[], file: string): Span | null {
  const parent = path.at(-2);
  if (parent?.kind !== 'object') return null;
  const key = parent.entries.findLast((entry) => entry.key.value === steps.at(-1))?.key;
  return key ? { file, start: key.start, end: key.end } : null;
}

/** All nodes from the root to where a JSON pointer leads. */
function nodesAlong(root: JsonNode, steps: readonly string[]): readonly JsonNode[] {
  const path = [root];
  for (const step of steps) {
    const node: JsonNode = path.at(-1)!;
    const next =
      node.kind === 'object'
        ? node.entries.findLast((entry) => entry.key.value === step)?.value
        : node.kind === 'array'
          ? node.items[Number(step)]
          : undefined;
    if (!next) break;
    path.push(next);
  }
  return path;
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The value without places, as Ajv wants it. Objects have no prototype: a key may be `__proto__`. */
function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object': {
      const object = Object.create(null) as Record<string, unknown>;
      for (const { key, value } of node.entries) object[key.value] = plain(value);
      return object;
    }
    case 'array':
      return node.items.map(plain);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

/** The entry of an object by its key; the last where it is written twice. */
export function entryOf(object: JsonObject, key: string): JsonObject['entries'][number] | undefined {
  return object.entries.findLast((entry) => entry.key.value === key);
}
