import type { IToken } from 'chevrotain';
import { missingVersion } from '../diagnostics/codes/missing-version.ts';
import { syntax } from '../diagnostics/codes/syntax.ts';
import { tooLarge } from '../diagnostics/codes/too-large.ts';
import { unsupportedVersion } from '../diagnostics/codes/unsupported-version.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Item, Name, SpecFile } from './ast.ts';
import { cutDeclarations, opens } from './cut.ts';
import { DeclarationBuilder, type Doc } from './declaration-builder.ts';
import { DocComments } from './doc-comments.ts';
import { examineTree } from './examine-tree.ts';
import type { ExpressionBuilder, Place } from './expression-builder.ts';
import { LANGUAGE_VERSION, MAX_CHARACTERS } from './limits.ts';
import { readPiece, reportFaults, tokenize } from './read-piece.ts';
import * as T from './tokens.ts';

/**
 * Reads the text form. Every declaration is read on its own; one that cannot be read is left out and
 * reported. Null only where the file is too long to be looked at.
 */
export function parseText(source: SourceFile, reporter: Reporter): SpecFile | null {
  return new TextReader(source, reporter).read();
}

class TextReader {
  readonly #source: SourceFile;
  readonly #reporter: Reporter;
  readonly #place: Place;

  constructor(source: SourceFile, reporter: Reporter) {
    this.#source = source;
    this.#reporter = reporter;
    this.#place = (start, end) => ({ file: source.name, start, end });
  }

  read(): SpecFile | null {
    const { text } = this.#source;
    if (text.length > MAX_CHARACTERS) {
      const at = this.#place(MAX_CHARACTERS, text.length);
      this.#reporter.report(tooLarge, { at, facts: { what: 'file', limit: MAX_CHARACTERS } });
      return null;
    }
    const { tokens, comments } = tokenize(text);
    const { header, declarations } = cutDeclarations(tokens, text);
    const docs = new DocComments(comments, text, this.#place);
    const version = this.#version(header, declarations[0]?.[0]);
    const doc = header.length > 0 ? docs.before(header[0]!, null) : null;
    const items: Item[] = [];
    const broken: Name[] = [];
    const builder = new DeclarationBuilder(this.#place);
    let last = header.at(-1) ?? null;
    for (const piece of declarations) {
      const itemDoc = docs.before(piece[0]!, last);
      const item = this.#declaration(piece, itemDoc, builder);
      if (item) items.push(item);
      else broken.push(...namesOf(piece, builder));
      last = piece.at(-1)!;
    }
    return {
      kind: 'file',
      source: this.#source,
      span: this.#place(0, text.length),
      version,
      versionSpan:
        header[0]?.tokenType === T.Gan
          ? this.#place(header[0].startOffset, (header[1] ?? header[0]).endOffset! + 1)
          : null,
      doc: doc?.text ?? null,
      docSpan: doc?.span ?? null,
      items,
      broken,
      comments: docs.others(),
    };
  }

  #declaration(piece: readonly IToken[], doc: Doc | null, builder: DeclarationBuilder): Item | null {
    const first = piece[0]!;
    if (!opens(first)) {
      const suggestion = declarationMeant(first.image);
      const span = this.#place(first.startOffset, first.endOffset! + 1);
      this.#reporter.report(syntax, {
        at: span,
        facts: { kind: 'no declaration', found: first.image, suggestion },
        fixes: suggestion && piece[1]?.tokenType === T.Id ? [renameFix(span, suggestion)] : [],
      });
      return null;
    }
    const cst = readPiece(piece, 'declaration', this.#place, this.#reporter, this.#source.text);
    if (!cst) return null;
    const item = builder.declaration(cst, doc);
    return examineTree(item, this.#reporter) ? item : null;
  }

  /** Reads `gan 1`, what stands above the first declaration. */
  #version(header: readonly IToken[], firstDeclaration: IToken | undefined): number {
    const [gan, number, surplus] = header;
    const spanOf = (token: IToken) => this.#place(token.startOffset, token.endOffset! + 1);
    if (!gan || gan.tokenType !== T.Gan) {
      const at = gan ?? firstDeclaration;
      this.#reporter.report(missingVersion, {
        at: at ? spanOf(at) : this.#place(0, 0),
        facts: { form: 'text', version: LANGUAGE_VERSION },
        fixes: [
          {
            title: `Write \`gan ${LANGUAGE_VERSION}\``,
            edits: [{ span: this.#place(0, 0), text: `gan ${LANGUAGE_VERSION}\n\n` }],
            safe: true,
          },
        ],
      });
      return LANGUAGE_VERSION;
    }
    if (!number || number.tokenType !== T.Num) {
      this.#reporter.report(syntax, {
        at: spanOf(number ?? gan),
        facts: {
          kind: 'place',
          found: number?.image ?? null,
          after: 'gan',
          wanted: 'the version of the language',
          help: `write gan ${LANGUAGE_VERSION}`,
        },
      });
      return LANGUAGE_VERSION;
    }
    if (number.image !== String(LANGUAGE_VERSION)) {
      this.#reporter.report(unsupportedVersion, {
        at: spanOf(number),
        facts: { found: number.image, version: LANGUAGE_VERSION },
      });
    } else if (surplus) {
      reportFaults(header.slice(2), this.#place, this.#reporter, this.#source.text) ||
        this.#reporter.report(syntax, {
          at: spanOf(surplus),
          facts: {
            kind: 'no declaration',
            found: surplus.image,
            suggestion: declarationMeant(surplus.image),
          },
        });
    }
    return LANGUAGE_VERSION;
  }
}

/** What other languages and papers call a declaration. */
const SYNONYMS: Readonly<Record<string, string>> = {
  critic: 'discriminator',
  model: 'network',
  block: 'module',
  dataset: 'data',
  noise: 'latent',
  const: 'param',
  let: 'param',
  var: 'param',
};

/** The word that was probably meant at the beginning of a declaration. */
function declarationMeant(written: string): string | null {
  return (
    nearest(written, T.declarationWords) ?? (Object.hasOwn(SYNONYMS, written) ? SYNONYMS[written]! : null)
  );
}

/** The names that a broken declaration was about to declare. */
function namesOf(piece: readonly IToken[], builder: ExpressionBuilder): Name[] {
  const [first, ...rest] = piece;
  if (first?.tokenType === T.Import) {
    const end = rest.findIndex((token) => token.tokenType === T.From);
    return rest
      .slice(0, Math.max(0, end))
      .filter((token) => token.tokenType === T.Id)
      .map((token) => builder.name(token));
  }
  const declares = first && ![T.Train, T.Sample, T.Evaluate].includes(first.tokenType);
  const name = rest[0];
  return declares && name?.tokenType === T.Id ? [builder.name(name)] : [];
}
