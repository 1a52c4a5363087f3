/**
 * Makes an ordinary TensorFlow.js Layers model of one that the npm package `nsfwjs` carries as JavaScript modules, to be
 * used as a pretrained network:
 *
 *   npm pack nsfwjs@4.2.1 && tar xzf nsfwjs-4.2.1.tgz
 *   node scripts/unpack-nsfwjs.js package/dist/esm/models/mobilenet_v2 models/mobilenet_v2
 *
 * The modules are read as data: they assign literals to variables, weights being base64 in a string, and whatever else
 * stands in them is refused. Nothing in them is executed.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Writes `model.json` and its weight files into a folder; gives the path of the first. */
export function unpackNsfwjs(folder, out) {
  const model = readModule(readFileSync(path.join(folder, 'model.min.js'), 'utf8'));
  mkdirSync(out, { recursive: true });
  for (const name of readdirSync(folder).filter((entry) => /^group.*\.min\.js$/.test(entry))) {
    const text = readModule(readFileSync(path.join(folder, name), 'utf8'));
    writeFileSync(path.join(out, name.replace(/\.min\.js$/, '')), Buffer.from(text, 'base64'));
  }
  const file = path.join(out, 'model.json');
  writeFileSync(file, JSON.stringify({ format: 'layers-model', ...model }));
  return file;
}

/** What a module exports as its default: `var a={…},b=[…],c={x:a,y:b};export{c as default};`. */
export function readModule(text) {
  return new Reader(text).module();
}

class Reader {
  #text;
  #at = 0;
  #values = new Map();

  constructor(text) {
    this.#text = text;
  }

  module() {
    this.#expect(/var\s/y);
    do {
      const name = this.#expect(/[\w$]+/y);
      this.#expect(/=/y);
      this.#values.set(name, this.#value());
    } while (this.#take(/,/y));
    this.#expect(/;?\s*export\s*\{/y);
    const exported = this.#expect(/[^}]*/y);
    const name = /([\w$]+)\s+as\s+default/.exec(exported)?.[1];
    if (!this.#values.has(name)) throw new Error('the module has no default export');
    return this.#values.get(name);
  }

  #value() {
    const start = this.#text[this.#at];
    if (start === '{') return this.#object();
    if (start === '[') return this.#list();
    if (start === '"') return JSON.parse(this.#expect(/"(?:[^"\\]|\\.)*"/y));
    if (this.#take(/!0/y)) return true;
    if (this.#take(/!1/y)) return false;
    const number = this.#take(/-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (number) return Number(number);
    const word = this.#expect(/[\w$]+/y);
    if (word === 'null') return null;
    if (this.#values.has(word)) return this.#values.get(word);
    throw this.#wrong(`the name ${word}`);
  }

  #object() {
    const entries = [];
    this.#expect(/\{/y);
    while (!this.#take(/\}/y)) {
      if (entries.length > 0) this.#expect(/,/y);
      const key = this.#take(/[\w$]+/y) ?? JSON.parse(this.#expect(/"(?:[^"\\]|\\.)*"/y));
      this.#expect(/:/y);
      entries.push([key, this.#value()]);
    }
    return Object.fromEntries(entries);
  }

  #list() {
    const items = [];
    this.#expect(/\[/y);
    while (!this.#take(/\]/y)) {
      if (items.length > 0) this.#expect(/,/y);
      items.push(this.#value());
    }
    return items;
  }

  #take(pattern) {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #expect(pattern) {
    const found = this.#take(pattern);
    if (found === undefined) throw this.#wrong(JSON.stringify(this.#text.slice(this.#at, this.#at + 20)));
    return found;
  }

  #wrong(what) {
    return new Error(`the module is not only data: ${what} at ${this.#at}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, out] = process.argv.slice(2);
  if (!folder || !out) throw new Error('say where the modules are, and where the model is to go');
  console.log(unpackNsfwjs(folder, out));
}
