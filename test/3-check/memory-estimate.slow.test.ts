import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { estimateMemory } from '../../compiler/3-check/memory-estimate.ts';
import type { Model } from '../../compiler/3-check/model.ts';
import { optimizeProgram } from '../../compiler/5-optimize/optimize.ts';
import { planMemory } from '../../compiler/5-optimize/plan-memory.ts';
import { type Checked, check, compileStage } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { stateBytes } from '../../compiler/tensor/program.ts';
import { diskFiles } from '../../runtime/share/disk-files.ts';
import { SpecImports } from '../../runtime/share/spec-imports.ts';

/** The estimate of the memory of a step against the plan of the compiled one, for every spec and example that trains. */

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Within these factors of the plan. */
const [LEAST, MOST] = [0.8, 1.4];

interface Compared {
  readonly spec: string;
  readonly estimate: number;
  readonly plan: number;
}

test(`of every spec and example it is ${LEAST} to ${MOST} of what the plan needs`, () => {
  const files = ['specs', 'examples']
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        path.join(folder, name),
      ),
    )
    .filter((name) => name.endsWith('.gan'));
  const compared = files.flatMap((file) => {
    const checked = checkOf(file);
    return checked.stages.flatMap(({ model }, stage) => compare(file, checked, model, stage));
  });
  const ratios = compared.map(({ spec, estimate, plan }) => ({ spec, ratio: estimate / plan }));
  ratios.sort((a, b) => a.ratio - b.ratio);
  const [lowest, highest] = [ratios[0]!, ratios.at(-1)!];
  console.log(
    `${ratios.length} trainings: from ${lowest.ratio.toFixed(2)} (${lowest.spec}) to ${highest.ratio.toFixed(2)} (${highest.spec})`,
  );
  expect(ratios.length).toBeGreaterThan(60);
  expect(ratios.filter(({ ratio }) => ratio < LEAST || ratio > MOST)).toEqual([]);
});

function checkOf(file: string): Checked {
  const name = path.join(ROOT, file);
  const source = new SourceFile(name, readFileSync(name, 'utf8'));
  const { read } = new SpecImports(diskFiles, { name, path: name });
  return check(source, { readImport: read, findModel: () => SMALL_VGG });
}

function compare(file: string, checked: Checked, model: Model, stage: number): Compared[] {
  if (!model.training) return [];
  const { kept, step } = estimateMemory(model, model.training);
  const { set, step: parts } = compileStage(checked, stage);
  const programs = parts.flatMap((part) => [part.program, ...part.lazily.map(({ program }) => program)]);
  const peaks = programs.map((name) => planMemory(optimizeProgram(set.programs[name]!)).peakBytes);
  const label = model.training.stage.label;
  return [
    {
      spec: label === null ? file : `${file} ${label}`,
      estimate: kept + step,
      plan: stateBytes(set) + Math.max(0, ...peaks),
    },
  ];
}

/** In the place of VGG 19: the layers that the examples name. */
const SMALL_VGG = {
  kind: 'found',
  topology: {
    class_name: 'Sequential',
    config: {
      layers: [
        { class_name: 'InputLayer', config: { name: 'image', batch_input_shape: [null, null, null, 3] } },
        ...[
          ['block2_conv2', 128],
          ['block3_conv4', 256],
        ].map(([name, filters]) => ({
          class_name: 'Conv2D',
          config: { name, filters, kernel_size: 3, padding: 'same', activation: 'relu' },
        })),
      ],
    },
  },
  tensors: new Map([
    ['block2_conv2/kernel', [3, 3, 3, 128]],
    ['block2_conv2/bias', [128]],
    ['block3_conv4/kernel', [3, 3, 128, 256]],
    ['block3_conv4/bias', [256]],
  ]),
} as const;
