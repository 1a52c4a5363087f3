import type { Role } from '../../compiler/diagnostics/render.ts';
import type { Output } from './terminal.ts';

/** Colours for a terminal; plain text elsewhere. */
export function styleFor({ colors }: Output): (role: Role, text: string) => string {
  const styles: Readonly<Record<Role, (text: string) => string>> = {
    error: (text) => colors.bold(colors.red(text)),
    warning: (text) => colors.bold(colors.yellow(text)),
    info: (text) => colors.bold(colors.blue(text)),
    title: colors.bold,
    frame: colors.blue,
    secondary: colors.blue,
    help: (text) => colors.bold(colors.green(text)),
  };
  return (role, text) => styles[role](text);
}
