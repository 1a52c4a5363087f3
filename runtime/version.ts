import manifest from '../package.json' with { type: 'json' };

/** The version of ganc, written into checkpoints and printed by `ganc --version`. */
export const version: string = manifest.version;
