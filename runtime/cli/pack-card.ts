import type { SpecFile } from '../../compiler/1-parse/ast.ts';
import { bytesText, numberText } from '../../compiler/diagnostics/wording.ts';
import { ExpressionPrinter } from '../../compiler/print/expression.ts';
import { inspect } from '../../compiler/print/inspection.ts';
import { examples, operations, shape } from '../../compiler/print/inspection-table.ts';
import type { KeptTexts } from '../share/kept-files.ts';
import { modelCard } from '../share/model-card.ts';
import { packageFacts } from '../share/package-entry.ts';
import type { Weights } from '../share/weights.ts';
import type { Job } from '../train/job.ts';
import { version } from '../version.ts';
import type { SpecStage } from './compiled-spec.ts';

/** The model card of what is packed, from what is known of it. */
export function cardOf(packed: {
  readonly title: string;
  /** The spec as it is in the stage of training that it is shown in. */
  readonly stage: SpecStage;
  readonly job: Job;
  /** With every default written out. */
  readonly expanded: SpecFile;
  readonly license: string | null;
  readonly weights: Weights | null;
  readonly samples: readonly string[];
}): string {
  const { title, stage, job, expanded, license, weights, samples } = packed;
  const { networks, step } = inspect(stage.model, job.compiled);
  const printer = new ExpressionPrinter(() => false);
  return modelCard({
    name: title,
    doc: expanded.doc,
    license,
    networks: networks.map((network) => ({
      name: network.name,
      role: network.role,
      inputs: network.inputs
        .map(
          (input) =>
            `${input.name}: ${input.classes === undefined ? shape(input.shape) : `label(${input.classes})`}`,
        )
        .join(', '),
      output: shape(network.output),
      weights: numberText(network.weights),
      flops: operations(network.flops),
    })),
    step: step && {
      examples: examples(step),
      flops: operations(step.flops),
      peak: bytesText(step.peakBytes),
    },
    datasets: expanded.items
      .filter((item) => item.kind === 'data')
      .map(({ name, from, fields }) => ({
        name: name.name,
        source: printer.text(from),
        fields: fields.map((field) => `${field.name.name} ${printer.text(field.type.expr)}`),
      })),
    pretrained: expanded.items
      .filter((item) => item.kind === 'pretrained')
      .map(({ name, from }) => ({ name: name.name, source: printer.text(from) })),
    trained: weights,
    imports: importedPackages(job.spec.imports),
    samples,
    ganc: version,
  });
}

function importedPackages(imports: KeptTexts) {
  return Object.entries(imports).flatMap(([file, text]) => {
    const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file) ?? [];
    const facts = name === undefined ? null : packageFacts(text);
    return name === undefined
      ? []
      : [{ name, version: facts?.version ?? null, license: facts?.license ?? null }];
  });
}
