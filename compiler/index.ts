/** The compiler as a library: a spec goes in as text; findings, a model and tensor programs come out. */

export {
  type Checked,
  type CheckedStage,
  type CheckOptions,
  type CompileResult,
  check,
  compile,
  compileStage,
} from './compile.ts';
export type { Diagnostic } from './diagnostics/diagnostic.ts';
export { type Explanation, explain, PAGE_KINDS, type Page, type PageKind, pages } from './explain/explain.ts';
export { type FixResult, fix } from './fix.ts';
export { convert, restyle } from './print/convert.ts';
export { expand } from './print/expand.ts';
export { format } from './print/format.ts';
export { type Inspection, inspect } from './print/inspection.ts';
export type { ImportProblem, ImportReader } from './source/import-reader.ts';
export { SourceFile } from './source/source-file.ts';
