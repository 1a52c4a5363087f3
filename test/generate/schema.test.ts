import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../compiler/generate/files.ts';
import { specSchema } from '../../compiler/generate/schema.ts';
import { toJson } from '../../compiler/print/json.ts';
import { readSound, SPECS, specText } from '../1-parse/read.ts';

describe.each(generatedFiles())('$path', ({ path, text }) => {
  it('is what its definitions make of it (else: npm run generate)', () => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
  });
});

describe('the published schema', () => {
  const ajv = new Ajv({ discriminator: true, allErrors: true, strict: false });
  const validate = ajv.compile(specSchema());
  /** What an editor would say: without the errors that only repeat those of a branch. */
  const errors = (spec: unknown) => {
    validate(spec);
    return (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== 'if')
      .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  };

  it.each(SPECS)('accepts specs/%s.gan as JSON', (name) => {
    expect(errors(JSON.parse(toJson(readSound(specText(`${name}.gan`)))))).toEqual([]);
  });

  it('a misspelt key of a layer is one error', () => {
    const text = specText('pix2pix.gan.json').replace('"kernel": 4', '"kernal": 4');
    expect(errors(JSON.parse(text))).toEqual([
      '/modules/Down/return/2 must NOT have additional properties {"additionalProperty":"kernal"}',
    ]);
  });

  it('a misspelt key of an optimizer is one error', () => {
    const text = specText('pix2pix.gan.json').replace('"beta1": 0.5', '"beta_1": 0.5');
    expect(errors(JSON.parse(text))).toEqual([
      '/train/update/D/optimizer must NOT have additional properties {"additionalProperty":"beta_1"}',
    ]);
  });

  it('carries docs and defaults of every layer', () => {
    const { definitions } = specSchema() as { definitions: { layer: { then: { oneOf: SchemaOfCall[] } } } };
    const conv2d = definitions.layer.then.oneOf.find(({ properties }) => properties.op?.const === 'conv2d')!;
    expect(conv2d.description).not.toBe('');
    expect(conv2d.properties.stride).toMatchObject({
      default: 1,
      description: expect.stringContaining('number'),
    });
  });
});

interface SchemaOfCall {
  readonly description: string;
  readonly properties: Readonly<Record<string, { const?: string; default?: unknown; description?: string }>>;
}
