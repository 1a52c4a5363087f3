import type { Command } from 'commander';
import type { EngineDescription } from '../engines/engine.ts';
import type { Output, Terminal } from './terminal.ts';

/** `ganc engines`: what can run programs here, with how many threads, and why not where it cannot. */
export function define(command: Command, terminal: Terminal): void {
  command
    .option('--json', 'one JSON object with every engine')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { engines } = await import('../engines/index.ts');
      const descriptions: EngineDescription[] = [];
      for (const engine of engines) descriptions.push(await engine.describe());
      const { out } = terminal;
      if (json) out.write(`${JSON.stringify({ engines: descriptions }, null, 2)}\n`);
      else out.write(tableOf(descriptions, out));
      if (!descriptions.some(({ available }) => available)) terminal.exitCode = 1;
    });
}

function tableOf(descriptions: readonly EngineDescription[], { colors }: Output): string {
  const width = Math.max(...descriptions.map(({ name }) => name.length));
  const lines = descriptions.map(({ name, available, version, threads, devices, reason }) => {
    const title = colors.bold(name.padEnd(width));
    if (!available) return `${title}  ${colors.yellow('not available')}: ${reason}`;
    const count = threads === 1 ? '1 thread' : `${threads} threads`;
    return `${title}  ${colors.green('ready')}  ${version}, ${count}: ${devices.join(', ')}`;
  });
  const best = descriptions.find(({ available }) => available);
  const choice = best
    ? `\n${best.name} is used unless --engine names another.\n`
    : '\nNothing can be trained here.\n';
  return `${lines.join('\n')}\n${choice}`;
}
