import type * as ast from '../1-parse/ast.ts';
import type { Resolved } from '../2-resolve/resolved.ts';
import type { DiagnosticDefinition, ReportDetails } from '../diagnostics/diagnostic.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { Dataset, Latent, Network } from './model.ts';
import type { Signature } from './signature.ts';
import type { TensorPort } from './type-expression.ts';
import type { Value } from './values.ts';

/** What has been found out about a spec so far: each declaration once, when it is first needed. */
export class World {
  readonly resolved: Resolved;
  readonly reporter: Reporter;
  /** Null while it is being calculated. */
  readonly params = new Map<string, Value | null>();
  readonly datasets = new Map<string, Dataset | null>();
  /** Types of fields as written, by `faces.image`. */
  readonly fields = new Map<string, TensorPort | null>();
  readonly latents = new Map<string, Latent | null>();
  readonly signatures = new Map<ast.Graph, Signature>();
  /** Null while it is being checked, and when it is broken beyond use. */
  readonly networks = new Map<string, Network | null>();
  /** Modules in which a mistake was reported; their uses go by the signature alone. */
  readonly broken = new Set<ast.Graph>();
  /** Tensors of `train` that were reported as misfits, with the input that they do not fit. */
  readonly mismatches = new Set<string>();
  /** Layers so far, against a spec that would never come to an end. */
  layers = 0;
  weights = 0;
  #errors = 0;

  /** Whether this is only a trial, to see what another size would do; its reports go nowhere. */
  readonly trial: boolean;

  constructor(resolved: Resolved, reporter: Reporter, trial = false) {
    this.resolved = resolved;
    this.reporter = reporter;
    this.trial = trial;
  }

  /** How many errors have been reported; to see whether a part is clean. */
  get errors(): number {
    return this.#errors;
  }

  report<F, L extends string>(definition: DiagnosticDefinition<F, L>, details: ReportDetails<F, L>): void {
    if (definition.severity === 'error') this.#errors++;
    this.reporter.report(definition, details);
  }
}
