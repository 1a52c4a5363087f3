import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { Diagnostic } from './diagnostic.ts';

interface Place {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** One finding as a plain object: lines and columns from 1, offsets from 0, all in UTF-16 code units. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly start: Place;
  readonly end: Place;
  readonly related: readonly {
    readonly file: string;
    readonly start: Place;
    readonly end: Place;
    readonly message: string;
  }[];
  readonly help: string | null;
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly {
      readonly file?: string;
      readonly start: number;
      readonly end: number;
      readonly text: string;
    }[];
    readonly safe: boolean;
  }[];
}

/**
 * The form of `--json`, for programs. The reasons that the text gives beside it are on the page of the code.
 * An edit names its file only when that is another one.
 */
export function diagnosticAsJson(
  diagnostic: Diagnostic,
  sources: (file: string) => SourceFile | undefined,
): JsonDiagnostic {
  const places = (span: Span) => {
    const source = sources(span.file);
    const place = (offset: number): Place => ({
      ...(source?.position(offset) ?? { line: 1, column: 1 }),
      offset,
    });
    return { start: place(span.start), end: place(span.end) };
  };
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    file: diagnostic.span.file,
    ...places(diagnostic.span),
    related: diagnostic.related.map(({ span, text }) => ({
      file: span.file,
      ...places(span),
      message: text,
    })),
    help: diagnostic.help,
    fixes: diagnostic.fixes.map(({ title, edits, safe }) => ({
      title,
      edits: edits.map(({ span, text }) => ({
        ...(span.file === diagnostic.span.file ? {} : { file: span.file }),
        start: span.start,
        end: span.end,
        text,
      })),
      safe,
    })),
  };
}

/** One line of JSON, without the line break. */
export function renderJson(
  diagnostic: Diagnostic,
  sources: (file: string) => SourceFile | undefined,
): string {
  return JSON.stringify(diagnosticAsJson(diagnostic, sources));
}
