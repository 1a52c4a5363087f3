import type { SpecFile } from '../1-parse/ast.ts';
import { isJson } from '../1-parse/parse.ts';
import { format } from './format.ts';
import { toJson } from './json.ts';

/** The other form of a spec: JSON for a text, text for JSON. */
export function convert(file: SpecFile, to: 'text' | 'json' = isJson(file.source) ? 'text' : 'json'): string {
  return to === 'json' ? toJson(file) : format(file);
}

/** The same form in the one style. A JSON file keeps the schema that it names. */
export function restyle(file: SpecFile): string {
  return isJson(file.source) ? toJson(file, schemaOf(file.source.text)) : format(file);
}

function schemaOf(text: string): string | undefined {
  return (JSON.parse(text.replace(/^\uFEFF/, '')) as { $schema?: string }).$schema;
}
