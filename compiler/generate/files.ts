import { specSchema } from './schema.ts';
import { validatorModule } from './validator.ts';

/** Every file that follows from the definitions alone, by its path in the project. */
export function generatedFiles(): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: 'specs/schema/gan.schema.json', text: `${JSON.stringify(specSchema(), null, 1)}\n` },
    { path: 'compiler/1-parse/json-form-validator.ts', text: validatorModule() },
  ];
}
