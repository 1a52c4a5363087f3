import type { Fix } from '../../diagnostics/diagnostic.ts';
import { appendFix, replaceFix } from '../../diagnostics/fixes.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';

// Changes of the text of a spec that several fixes are made of. In the JSON form a flow is an array and an
// argument a key, so there these give no fix: the help says what to do.

function isText(source: SourceFile, span: Span): boolean {
  return span.file === source.name && !/^\s*\{/.test(source.text);
}

/** Removes ` -> sigmoid`, the arrow before the step included; nothing when the step begins its flow. */
export function removeStep(source: SourceFile, step: Span): Fix[] {
  if (!isText(source, step)) return [];
  const arrow = /\s*->\s*$/.exec(source.text.slice(0, step.start));
  if (!arrow) return [];
  const name = source.text.slice(step.start, step.end);
  return [replaceFix(`Remove ${name}`, { ...step, start: step.start - arrow[0].length }, '', true)];
}

/** Writes another layer in the place of a step. */
export function replaceStep(source: SourceFile, step: Span, layer: string): Fix[] {
  return isText(source, step) ? [replaceFix(`Use ${layer}`, step, layer, true)] : [];
}

/** Writes ` -> tanh` after a step. */
export function appendStep(source: SourceFile, step: Span, layer: string): Fix[] {
  return isText(source, step) ? [appendFix(`End with ${layer}`, step, ` -> ${layer}`, true)] : [];
}

/** Gives an argument a value: the one that is written is changed, else it is added at the end. */
export function setArgument(
  source: SourceFile,
  call: Span,
  written: Span | undefined,
  argument: string,
): Fix[] {
  if (!isText(source, call)) return [];
  const title = `Write ${argument}`;
  if (written) return [replaceFix(title, written, argument, true)];
  const text = source.text.slice(call.start, call.end);
  const inside = { ...call, start: call.end - 1, end: call.end - 1 };
  if (/\(\s*\)$/.test(text)) return [replaceFix(title, inside, argument, true)];
  if (text.endsWith(')')) return [replaceFix(title, inside, `, ${argument}`, true)];
  return [appendFix(title, call, `(${argument})`, true)];
}
