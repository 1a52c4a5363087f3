import type { SourceFile } from './source-file.ts';

/**
 * Reads what `import … from "…"` names, on behalf of a compiler that reads no files itself: a file beside the one that
 * asks, or an npm package that shares a spec through its `exports`. The same file is given the same name each time, and
 * different ones different names.
 */
export type ImportReader = (from: string, importer: SourceFile) => SourceFile | ImportProblem;

/** Why there is nothing to import. */
export type ImportProblem =
  /** No file or package of that name; `near` is one that was probably meant. */
  | { readonly kind: 'missing'; readonly near: string | null }
  /** The package exists, but its `exports` name no `gan` file for this; `shares` is what it does share. */
  | { readonly kind: 'no gan entry'; readonly shares: readonly string[] }
  /** The file lies outside the folder that may be read, itself or by way of a link. */
  | { readonly kind: 'outside'; readonly folder: string }
  /** Neither `./file.gan` nor the name of a package. */
  | { readonly kind: 'not a spec' }
  /** The file is there and cannot be read. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** For a spec that stands alone: nothing can be imported. */
export const noImports: ImportReader = () => ({ kind: 'missing', near: null });
