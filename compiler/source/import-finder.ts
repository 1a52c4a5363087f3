/**
 * Looks for what `import … from "…"` names, on behalf of a compiler that reads no files itself: an npm package that
 * shares a spec through its `exports`, or a file beside the spec.
 */
export type ImportFinder = (from: string) => 'found' | 'missing' | 'no gan entry';
