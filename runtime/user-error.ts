/**
 * Something that the user can mend: a missing file, a full disk, a wrong option. It is printed as a sentence and a
 * line of help, without a stack trace; any other error is a mistake of ours and shows its stack.
 */
export class UserError extends Error {
  override name = 'UserError';
  /** What to do; starts with a verb. */
  readonly help: string | null;
  /** What the process ends with: 1 when what was asked for did not work, 2 when it was asked for wrongly. */
  readonly exitCode: 1 | 2;

  constructor(message: string, help: string | null = null, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.help = help;
    this.exitCode = options.exitCode ?? 1;
  }
}

export interface UserErrorOptions {
  readonly exitCode?: 1 | 2;
  readonly cause?: unknown;
}

/** An operating system error in words: `ENOSPC` is "the disk is full". */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined && reasons[code]) || message || String(error);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not do that (permission denied)',
  EPERM: 'this user may not do that (operation not permitted)',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  EEXIST: 'it exists already',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system can only be read',
  EFBIG: 'the file would be larger than allowed',
  EIO: 'the disk reported a fault',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
};
