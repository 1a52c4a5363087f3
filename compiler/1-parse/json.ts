import { tooLarge } from '../diagnostics/codes/too-large.ts';
import { unsupportedVersion } from '../diagnostics/codes/unsupported-version.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { SourceFile } from '../source/source-file.ts';
import { cover } from '../source/span.ts';
import type { Item, Name, SpecFile } from './ast.ts';
import { examineTree } from './examine-tree.ts';
import { JsonDeclarations } from './json-declarations.ts';
import { inOrder } from './json-order.ts';
import { checkStructure, entryOf } from './json-structure.ts';
import { type JsonNode, type JsonObject, readJson, reportTwice } from './json-text.ts';
import { LANGUAGE_VERSION, MAX_CHARACTERS } from './limits.ts';

/** The sections of a file that hold declarations by name. */
const SECTIONS = new Set([
  'imports',
  'params',
  'latents',
  'data',
  'pretrained',
  'modules',
  'networks',
  'generators',
  'discriminators',
  'losses',
  'sample',
  'evaluate',
]);

/**
 * Reads the JSON form into the same tree as the text form, with places. A declaration with a fault is left
 * out and reported; null only where the file is not JSON or not an object.
 */
export function parseJson(source: SourceFile, reporter: Reporter): SpecFile | null {
  if (source.text.length > MAX_CHARACTERS) {
    const at = { file: source.name, start: MAX_CHARACTERS, end: source.text.length };
    reporter.report(tooLarge, { at, facts: { what: 'file', limit: MAX_CHARACTERS } });
    return null;
  }
  const root = readJson(source, reporter);
  if (!root) return null;
  const faulty = checkStructure(root, source.name, reporter);
  if (root.kind !== 'object') return null;
  reportTwice(
    { ...root, entries: root.entries.filter(({ key }) => !SECTIONS.has(key.value)) },
    source.name,
    reporter,
  );
  const reader = new JsonDeclarations(source, reporter);
  const items: { item: Item; order: string }[] = [];
  const broken: Name[] = [];
  const read = (
    section: string,
    node: JsonNode,
    name: string,
    make: () => Item,
    ownNames: () => readonly Name[],
  ) => {
    reader.failed = faulty.has(node);
    const item = reader.failed ? null : make();
    if (item && !reader.failed && examineTree(item, reporter)) {
      items.push({ item, order: name === '' ? section : `${section}.${name}` });
    } else {
      broken.push(...ownNames());
    }
  };
  for (const { key, value } of root.entries) {
    const section = key.value;
    if (section === 'train') {
      for (const one of value.kind === 'array' ? value.items : [value]) {
        if (one.kind === 'object')
          read(
            section,
            one,
            '',
            () => reader.train(one, key),
            () => [],
          );
      }
    } else if (SECTIONS.has(section) && value.kind === 'object') {
      for (const entry of value.entries) {
        read(
          section,
          entry.value,
          entry.key.value,
          () => reader.declaration(section, entry),
          () => reader.declares(section, entry),
        );
      }
    }
  }
  const doc = entryOf(root, 'doc')?.value;
  const gan = entryOf(root, 'gan');
  return {
    kind: 'file',
    source,
    span: { file: source.name, start: 0, end: source.text.length },
    version: version(root, source, reporter),
    versionSpan: gan ? cover(reader.span(gan.key), reader.span(gan.value)) : null,
    doc: doc?.kind === 'string' ? doc.value : null,
    docSpan: doc ? reader.span(doc) : null,
    items: inOrder(items, entryOf(root, 'order')?.value),
    broken,
    comments: [],
  };
}

function version(root: JsonObject, source: SourceFile, reporter: Reporter): number {
  const gan = entryOf(root, 'gan')?.value;
  if (gan?.kind === 'number' && gan.value !== LANGUAGE_VERSION) {
    reporter.report(unsupportedVersion, {
      at: { file: source.name, start: gan.start, end: gan.end },
      facts: { found: gan.text, version: LANGUAGE_VERSION },
    });
  }
  return LANGUAGE_VERSION;
}
