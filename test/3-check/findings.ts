import { expect } from 'vitest';
import type { Model } from '../../compiler/3-check/model.ts';
import { check } from '../../compiler/compile.ts';
import { exampleSpec, type SpecParts } from '../../compiler/diagnostics/example-spec.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';

/** What is found in a spec, as `code: message`; warnings and remarks included. */
export function findings(text: string, set: Readonly<Record<string, string>> = {}): string[] {
  return check(new SourceFile('spec.gan', text), { set }).diagnostics.map((d) => `${d.code}: ${d.message}`);
}

/** The model of a spec that has no errors. */
export function modelOf(text: string, set: Readonly<Record<string, string>> = {}): Model {
  const { model, diagnostics } = check(new SourceFile('spec.gan', text), { set });
  expect(diagnostics.filter(({ severity }) => severity === 'error').map((d) => d.message)).toEqual([]);
  return model!;
}

/** An ordinary spec with this body of its discriminator. */
export function judge(body: string, signature = 'discriminator D(x: faces.image) -> [1]'): string {
  return exampleSpec({ discriminator: `${signature} {\n  ${body}\n}` });
}

/** An ordinary spec with this body of its generator, whose latent has 8 numbers. */
export function maker(body: string, parts: SpecParts = {}): string {
  return exampleSpec({ ...parts, generator: `generator G(z) -> faces.image {\n  ${body}\n}` });
}

/** An ordinary spec with this loss of its discriminator. */
export function lossOfD(loss: string, bindings = ''): string {
  return exampleSpec({
    train: `train on faces {
  batch: 16
  steps: 1_000
  real = faces.image
  fake = G(z)
  ${bindings}
  update D {
    loss: ${loss}
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: adam(lr: 2e-4, beta1: 0.5)
  }
}`,
  });
}
