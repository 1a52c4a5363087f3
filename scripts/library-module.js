/**
 * The text of a module that holds the given files.
 * @param {readonly { readonly name: string; readonly text: string }[]} files
 */
export function libraryModule(files) {
  const quoted = (text) => text.replace(/\\/g, '\\\\').replace(/`/g, '\\`').replace(/\$\{/g, '\\${');
  const entries = files.map(
    ({ name, text }) => `  {\n    name: '${name}',\n    text: \`${quoted(text)}\`,\n  },\n`,
  );
  return `// Made from specs/library/ by scripts/embed-library.js; a test fails when it is stale.

/** The specs that every spec can use without importing them. */
export const libraryFiles: readonly { readonly name: string; readonly text: string }[] = [
${entries.join('')}];
`;
}
