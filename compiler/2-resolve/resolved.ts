import type * as ast from '../1-parse/ast.ts';
import type { Library } from './library.ts';

/** Every declaration of a spec by its name, ready to be given a meaning. */
export interface Resolved {
  readonly file: ast.SpecFile;
  readonly library: Library;
  /** Names of the library's loss presets and of those that the spec declares: `bce`, `hinge.critic`. */
  readonly losses: ReadonlyMap<string, ast.Loss>;
  readonly params: ReadonlyMap<string, ast.Param>;
  readonly latents: ReadonlyMap<string, ast.Latent>;
  readonly datasets: ReadonlyMap<string, ast.Data>;
  /** Modules and networks. */
  readonly graphs: ReadonlyMap<string, ast.Graph>;
  /** Values that `--set` puts in the place of those written. */
  readonly overrides: ReadonlyMap<string, ast.Expr>;
  readonly train: ast.Train | null;
  readonly samples: readonly ast.Sample[];
  /** Names that were declared twice; using one is silent, since it was reported. */
  readonly ambiguous: ReadonlySet<string>;
  /** Modules and losses that contain themselves; using one is silent, since it was reported. */
  readonly recursive: ReadonlySet<string>;
}
