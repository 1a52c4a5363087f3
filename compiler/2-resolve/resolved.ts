import type * as ast from '../1-parse/ast.ts';
import type { Span } from '../source/span.ts';
import type { Library } from './library.ts';
import type { Names, Shared } from './names.ts';

/** Every declaration of a spec and of what it imports by its name, ready to be given a meaning. */
export interface Resolved {
  readonly file: ast.SpecFile;
  readonly library: Library;
  /** What names mean in the spec itself. */
  readonly names: Names;
  /** What names mean where something is written: each file has its own. */
  namesAt(span: Span): Names;
  /** Values that `--set` puts in the place of those written. */
  readonly overrides: ReadonlyMap<ast.Param, ast.Expr>;
  readonly train: ast.Train | null;
  readonly samples: readonly ast.Sample[];
  readonly evaluations: readonly ast.Evaluate[];
  /** Modules and losses that contain themselves; using one is silent, since it was reported. */
  readonly recursive: ReadonlySet<ast.Graph | ast.Loss>;
  /** What the spec uses of other files, directly or through what it imports; in the order of their files. */
  readonly imported: readonly Shared[];
}
