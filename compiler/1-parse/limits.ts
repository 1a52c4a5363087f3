// A spec is read in bounded time and memory, whoever wrote it.

/** Characters of a file. */
export const MAX_CHARACTERS = 250_000;

/** Brackets inside brackets, in either form. */
export const MAX_NESTING = 100;

/** Levels of the syntax tree: everything that walks a tree may recurse. */
export const MAX_DEPTH = 500;

/** The version of the language that this compiler reads. */
export const LANGUAGE_VERSION = 1;
