import { jsonStructure } from '../diagnostics/codes/json-structure.ts';
import { jsonSyntax } from '../diagnostics/codes/json-syntax.ts';
import { tooLarge } from '../diagnostics/codes/too-large.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { SourceFile } from '../source/source-file.ts';
import { MAX_NESTING } from './limits.ts';

/** A JSON value that knows where it stands: `[start, end)` in the text. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly entries: readonly JsonEntry[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
);

export type JsonObject = Extract<JsonNode, { kind: 'object' }>;
export type JsonString = Extract<JsonNode, { kind: 'string' }>;

export interface JsonEntry {
  readonly key: JsonString;
  readonly value: JsonNode;
}

/** Reads JSON and keeps all places. Null after the report of the first mistake. */
export function readJson(source: SourceFile, reporter: Reporter): JsonNode | null {
  try {
    return new JsonReader(source.text).file();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const at = { file: source.name, start: fault.start, end: fault.end };
    if (fault.tooDeep) reporter.report(tooLarge, { at, facts: { what: 'nesting', limit: MAX_NESTING } });
    else {
      const found = fault.start === fault.end ? null : source.text.slice(fault.start, fault.end);
      reporter.report(jsonSyntax, { at, facts: { found, wanted: fault.wanted, help: fault.help } });
    }
    return null;
  }
}

/** Reports keys that one object has twice, where JSON readers would quietly take the last. */
export function reportTwice(object: JsonObject, file: string, reporter: Reporter): boolean {
  const seen = new Set<string>();
  let twice = false;
  for (const { key } of object.entries) {
    if (seen.has(key.value)) {
      twice = true;
      const at = { file, start: key.start, end: key.end };
      reporter.report(jsonStructure, { at, facts: { kind: 'twice', key: key.value } });
    }
    seen.add(key.value);
  }
  return twice;
}

/** The offset in the file of every character of a string's value, and of its end. */
export function offsetsInString(text: string, literal: JsonString): readonly number[] {
  const offsets: number[] = [];
  let at = literal.start + 1;
  while (at < literal.end - 1) {
    offsets.push(at);
    if (text[at] !== '\\') at++;
    else at += text[at + 1] === 'u' ? 6 : 2;
  }
  offsets.push(at);
  return offsets;
}

class Fault extends Error {
  readonly start: number;
  readonly end: number;
  readonly wanted: string;
  readonly help: string | null;
  readonly tooDeep: boolean;

  constructor(start: number, end: number, wanted: string, help: string | null = null, tooDeep = false) {
    super(wanted);
    this.start = start;
    this.end = end;
    this.wanted = wanted;
    this.help = help;
    this.tooDeep = tooDeep;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a text
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /[A-Za-z_$][\w$.]*|\d[\w.]*/y;
const BLANK = /[ \t\r\n\uFEFF]*/y;

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  file(): JsonNode {
    const value = this.#value(0);
    this.#skip();
    if (this.#at < this.#text.length) throw this.#fault('nothing more', 'remove what follows the last `}`');
    return value;
  }

  #value(depth: number): JsonNode {
    this.#skip();
    const start = this.#at;
    const text = this.#text;
    switch (text[start]) {
      case '{':
        return this.#object(depth + 1);
      case '[':
        return this.#array(depth + 1);
      case '"':
        return this.#string();
      case undefined:
        throw new Fault(text.length, text.length, 'a value');
    }
    const number = this.#match(NUMBER);
    if (number) {
      const after = this.#match(WORD);
      if (after) {
        throw new Fault(start, this.#at, 'a number such as 0.5 or 2e-4', 'write a text: "2 * ch"');
      }
      return { kind: 'number', value: Number(number), text: number, start, end: this.#at };
    }
    const word = this.#match(WORD);
    if (word === 'true' || word === 'false') {
      return { kind: 'boolean', value: word === 'true', start, end: this.#at };
    }
    if (word === 'null') return { kind: 'null', start, end: this.#at };
    if (word) {
      const help = /^(none|None|nil|undefined)$/.test(word) ? 'write null' : `write "${word}"`;
      throw new Fault(start, this.#at, 'a value', help);
    }
    throw this.#fault('a value', this.#slip());
  }

  #object(depth: number): JsonNode {
    const start = this.#open(depth);
    const entries: JsonEntry[] = [];
    if (!this.#take('}')) {
      do {
        this.#skip();
        if (this.#text[this.#at] !== '"') throw this.#keyFault(entries.length > 0);
        const key = this.#string();
        if (!this.#take(':')) throw this.#fault('`:` after a key', 'write `:` between key and value');
        entries.push({ key, value: this.#value(depth) });
      } while (this.#take(','));
      if (!this.#take('}')) throw this.#fault('`,` or `}`', this.#separatorSlip());
    }
    return { kind: 'object', entries, start, end: this.#at };
  }

  #array(depth: number): JsonNode {
    const start = this.#open(depth);
    const items: JsonNode[] = [];
    if (!this.#take(']')) {
      do {
        this.#skip();
        if (items.length > 0 && this.#text[this.#at] === ']') {
          throw this.#fault('one more value', 'remove the `,` before it');
        }
        items.push(this.#value(depth));
      } while (this.#take(','));
      if (!this.#take(']')) throw this.#fault('`,` or `]`', this.#separatorSlip());
    }
    return { kind: 'array', items, start, end: this.#at };
  }

  #string(): JsonString {
    const start = this.#at;
    const literal = this.#match(STRING);
    if (literal === null) {
      const line = /[^\n\r]*/y;
      line.lastIndex = start;
      const rest = line.exec(this.#text)![0];
      throw new Fault(
        start,
        start + rest.length,
        'a text in `"…"`',
        'close it with `"`, and write \\\\ for a backslash',
      );
    }
    return { kind: 'string', value: JSON.parse(literal) as string, start, end: this.#at };
  }

  #open(depth: number): number {
    if (depth > MAX_NESTING) throw new Fault(this.#at, this.#at + 1, '', null, true);
    return this.#at++;
  }

  #keyFault(afterComma: boolean): Fault {
    const start = this.#at;
    if (afterComma && this.#text[start] === '}')
      return this.#fault('one more key', 'remove the `,` before it');
    const word = this.#match(WORD);
    return word === null
      ? this.#fault('a key in `"…"`', this.#slip())
      : new Fault(start, this.#at, 'a key in `"…"`', `write "${word}"`);
  }

  #separatorSlip(): string | null {
    return /["{[\w-]/.test(this.#text[this.#at] ?? '') ? 'write `,` before it' : this.#slip();
  }

  #slip(): string | null {
    const character = this.#text[this.#at];
    if (character === '/') return 'remove the comment; JSON has none';
    return character === "'" ? 'write "…"' : null;
  }

  /** The character that cannot stand here. */
  #fault(wanted: string, help: string | null): Fault {
    this.#skip();
    const character = this.#text.codePointAt(this.#at);
    const length = character === undefined ? 0 : String.fromCodePoint(character).length;
    return new Fault(this.#at, this.#at + length, wanted, help);
  }

  #take(sign: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #skip(): void {
    this.#match(BLANK);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }
}
