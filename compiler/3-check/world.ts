import type * as ast from '../1-parse/ast.ts';
import type { Resolved } from '../2-resolve/resolved.ts';
import type { DiagnosticDefinition, ReportDetails } from '../diagnostics/diagnostic.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import { type ModelFinder, noModels } from '../source/model-finder.ts';
import type { Dataset, Latent, Network } from './model.ts';
import type { Pretrained } from './pretrained.ts';
import type { Signature } from './signature.ts';
import type { StagePlan } from './stages.ts';
import type { TensorPort } from './type-expression.ts';
import type { Value } from './values.ts';

/** What has been found out about a spec so far: each declaration once, when it is first needed. */
export class World {
  readonly resolved: Resolved;
  readonly reporter: Reporter;
  /** Null while it is being calculated. */
  readonly params = new Map<ast.Param, Value | null>();
  readonly datasets = new Map<ast.Data, Dataset | null>();
  /** Types of the fields of datasets as written. */
  readonly fields = new Map<ast.Data['fields'][number], TensorPort | null>();
  readonly latents = new Map<ast.Latent, Latent | null>();
  readonly pretrained = new Map<ast.Pretrained, Pretrained | null>();
  readonly signatures = new Map<ast.Graph, Signature>();
  /** Null while it is being checked, and when it is broken beyond use. */
  readonly networks = new Map<ast.Graph, Network | null>();
  /** Modules in which a mistake was reported; their uses go by the signature alone. */
  readonly broken = new Set<ast.Graph>();
  /** Tensors of `train` that were reported as misfits, with the input that they do not fit; shapes for a model. */
  readonly mismatches = new Set<string>();
  /** Layers so far, against a spec that would never come to an end. */
  layers = 0;
  weights = 0;
  readonly #names = new Map<ast.Graph | ast.Pretrained, string>();
  readonly #networks = new Map<string, ast.Graph | ast.Pretrained>();
  #errors = 0;

  readonly findModel: ModelFinder;
  /** The stage of training that the spec is looked at in; null where there are no stages. */
  readonly plan: StagePlan | null;
  /** Whether this is only a trial, to see what another size would do; its reports go nowhere. */
  readonly trial: boolean;

  constructor(
    resolved: Resolved,
    reporter: Reporter,
    {
      findModel = noModels,
      plan = null,
      trial = false,
    }: { findModel?: ModelFinder; plan?: StagePlan | null; trial?: boolean } = {},
  ) {
    this.resolved = resolved;
    this.reporter = reporter;
    this.findModel = findModel;
    this.plan = plan;
    this.trial = trial;
  }

  /** How many errors have been reported; to see whether a part is clean. */
  get errors(): number {
    return this.#errors;
  }

  /**
   * The name of a network in the model and in the paths of its weights: as declared. Where another file has a network
   * of a name that is taken, it is told apart like a second layer, `E.2`.
   */
  networkName(declared: ast.Graph | ast.Pretrained): string {
    const known = this.#names.get(declared);
    if (known !== undefined) return known;
    const { graphs, pretrained } = this.resolved.names;
    const { name } = declared.name;
    const isFree = (free: string) => {
      const owner = graphs.get(free) ?? pretrained.get(free) ?? this.#networks.get(free);
      return owner === undefined || owner === declared;
    };
    let free = name;
    for (let count = 2; !isFree(free); count++) free = `${name}.${count}`;
    this.#names.set(declared, free);
    this.#networks.set(free, declared);
    return free;
  }

  /** The network of a name that `networkName` gave. */
  networkNamed(name: string): ast.Graph | ast.Pretrained | undefined {
    return this.#networks.get(name);
  }

  report<F, L extends string>(definition: DiagnosticDefinition<F, L>, details: ReportDetails<F, L>): void {
    if (definition.severity === 'error') this.#errors++;
    this.reporter.report(definition, details);
  }
}
