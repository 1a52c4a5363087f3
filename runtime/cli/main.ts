// The process: `bin/ganc.js` loads this file's bundle. What a command line does is in `command-line.ts`.
import { run } from './command-line.ts';
import { processTerminal } from './terminal.ts';

const argv = process.argv.slice(2);
const terminal = processTerminal(argv);

// `ganc inspect … | head` closes the pipe early: there is nobody left to tell. Training saves first (see train.ts).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  if (terminal.whenClosed) terminal.whenClosed();
  else process.exit(terminal.exitCode);
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

await run(argv, terminal);
// Threads of an engine must not keep a finished command alive; what was written must still get out.
process.stdout.write('', () => process.stderr.write('', () => process.exit(terminal.exitCode)));
