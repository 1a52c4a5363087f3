import { readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(import.meta.dirname, '../../examples/article');

export function read(file: string): string {
  return readFileSync(path.join(FOLDER, file), 'utf8');
}

/** One turn in the README: what ganc says about a program, and what is changed then; null when nothing is left. */
interface Turn {
  readonly said: readonly string[];
  readonly change: string | null;
}

/** The turns that the section of a program shows, in order; the section is the one whose last line of the table says so. */
export function turnsOf(section: string): Turn[] {
  const from = read('README.md').split(`\n## ${section}\n`)[1]!.split('\n## ')[0]!;
  const turns: { said: string[]; change: string | null }[] = [{ said: [], change: null }];
  for (const [, language, text] of from.matchAll(/^```(\w*)\n(.*?)^```$/gms)) {
    const turn = turns.at(-1)!;
    if (language === 'diff') {
      turn.change = text!;
      turns.push({ said: [], change: null });
    } else turn.said.push(...text!.trimEnd().split('\n\n'));
  }
  return turns;
}

/** A spec after a change: pieces of lines kept ( ), taken out (-) and put in (+), one below the other in the spec. */
export function changed(spec: string, change: string): string {
  let [done, rest] = ['', spec];
  for (const piece of change.split('@@\n')) {
    const lines = piece.split('\n').slice(0, -1);
    const side = (mark: string) =>
      lines
        .filter((line) => line === '' || line[0] === ' ' || line[0] === mark)
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    const at = `\n${rest}`.indexOf(`\n${side('-')}`);
    if (at < 0) throw new Error(`the spec has no such lines:\n${piece}`);
    done += rest.slice(0, at) + side('+');
    rest = rest.slice(at + side('-').length);
  }
  return done + rest;
}

/** A spec without what is said before its first line. */
export function withoutHead(spec: string): string {
  return spec.slice(spec.indexOf('gan 1'));
}
