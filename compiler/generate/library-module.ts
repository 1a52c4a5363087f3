/** The text of `compiler/losses/library.ts`: a module that holds the given files, since the compiler reads none. */
export function libraryModule(files: readonly { readonly name: string; readonly text: string }[]): string {
  const quoted = (text: string) => text.replace(/\\/g, '\\\\').replace(/`/g, '\\`').replace(/\$\{/g, '\\${');
  const entries = files.map(
    ({ name, text }) => `  {\n    name: '${name}',\n    text: \`${quoted(text)}\`,\n  },\n`,
  );
  return `// Made from specs/library/ by scripts/embed-library.js; a test fails when it is stale.

/** The specs that every spec can use without importing them. */
export const libraryFiles: readonly { readonly name: string; readonly text: string }[] = [
${entries.join('')}];
`;
}
