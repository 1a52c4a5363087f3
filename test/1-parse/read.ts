import { readFileSync } from 'node:fs';
import type { SpecFile } from '../../compiler/1-parse/ast.ts';
import { parse } from '../../compiler/1-parse/parse.ts';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { Reporter } from '../../compiler/diagnostics/reporter.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';

export const SPECS = ['began', 'dcgan', 'pix2pix', 'video', 'wgan_gp_resnet'] as const;

export function specText(name: string): string {
  return readFileSync(new URL(`../../specs/${name}`, import.meta.url), 'utf8');
}

export interface Reading {
  readonly source: SourceFile;
  readonly file: SpecFile | null;
  readonly diagnostics: readonly Diagnostic[];
}

export function read(text: string, name = 'spec.gan'): Reading {
  const source = new SourceFile(name, text);
  const reporter = new Reporter(() => source);
  const file = parse(source, reporter);
  return { source, file, diagnostics: reporter.diagnostics };
}

/** Reads a text that must be right. */
export function readSound(text: string, name = 'spec.gan'): SpecFile {
  const { file, diagnostics } = read(text, name);
  if (!file || diagnostics.length > 0) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  return file;
}
