import { expect, test } from 'vitest';
import { report } from '../../runtime/cli/command-line.ts';
import { commands } from '../../runtime/cli/commands.ts';
import { UserError } from '../../runtime/user-error.ts';
import { version } from '../../runtime/version.ts';
import { fakeTerminal, say } from './fake-terminal.ts';

test('alone it shows what it can do, as bad use', async () => {
  const { out, err, exitCode } = await say([]);
  expect(exitCode).toBe(2);
  expect(out).toBe('');
  for (const name of Object.keys(commands)) expect(err).toMatch(new RegExp(`^ {2}${name} `, 'm'));
});

test('help that was asked for is a result', async () => {
  for (const argv of [['--help'], ['-h'], ['help']]) {
    const { out, err, exitCode } = await say(argv);
    expect(exitCode).toBe(0);
    expect(err).toBe('');
    expect(out).toMatch(/Usage: ganc COMMAND/);
  }
});

test.each(Object.keys(commands))('ganc %s --help explains itself', async (name) => {
  for (const argv of [
    [name, '--help'],
    ['help', name],
  ]) {
    const { out, exitCode } = await say(argv);
    expect(exitCode).toBe(0);
    expect(out).toMatch(new RegExp(`Usage: ganc ${name}`));
    expect(out).toContain(commands[name]!.summary);
    // Every option says what it is for.
    for (const [, option, meaning] of out.matchAll(/^ {2}(-\S.*?)(?: {2,}(.*))?$/gm)) {
      expect(meaning, option).toBeTruthy();
    }
  }
});

test('the version', async () => {
  expect(await say(['--version'])).toEqual({ out: `${version}\n`, err: '', exitCode: 0 });
});

test('a command that does not exist is bad use, with the one that was meant', async () => {
  const { out, err, exitCode } = await say(['inti']);
  expect(exitCode).toBe(2);
  expect(out).toBe('');
  expect(err).toMatch(/unknown command 'inti'.*Did you mean init\?/s);
});

test('an option that does not exist is bad use', async () => {
  const { err, exitCode } = await say(['init', 'x', '--tmplate', 'ring']);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/--tmplate.*--template/s);
});

test('an error of the user is a sentence and what to do; one of ours has its stack', async () => {
  const told = (error: unknown) => {
    const { terminal, spoken } = fakeTerminal();
    report(error, terminal);
    return spoken();
  };
  expect(told(new UserError('x.gan cannot be read', 'look for it'))).toEqual({
    out: '',
    err: 'error: x.gan cannot be read\n help: look for it\n',
    exitCode: 1,
  });
  expect(told(new UserError('there is no x', null, { exitCode: 2 })).exitCode).toBe(2);
  const ours = told(new TypeError('undefined is not a function'));
  expect(ours.err).toMatch(/ganc made a mistake: TypeError: undefined.*at /s);
  expect(ours.exitCode).toBe(70);
});
