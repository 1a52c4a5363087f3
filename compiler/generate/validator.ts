import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { jsonForm } from '../1-parse/json-form.ts';

/**
 * The text of a module that validates the JSON form: Ajv's own code, made beforehand, since loading Ajv
 * takes longer than checking a spec.
 */
export function validatorModule(): string {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true },
  });
  const make = (standaloneCode as unknown as { default?: typeof standaloneCode }).default ?? standaloneCode;
  const code = make(ajv, ajv.compile(jsonForm)).replace('"use strict";', '');
  return `// @ts-nocheck
// Made by Ajv from compiler/1-parse/json-form.ts; \`npm run generate\` makes it again, and a test fails when it is stale.
${code}`;
}
