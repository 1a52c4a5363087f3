import { createHash } from 'node:crypto';
import { BUNDLE_VERSION, type Bundle, CARD, LOCK, MANIFEST, WEIGHTS } from './bundle.ts';
import { encodeWeights } from './weights.ts';
import { writeZip } from './zip.ts';

/** What the manifest says of one part. */
export interface PartFacts {
  readonly bytes: number;
  readonly sha256: string;
}

/** A bundle as the bytes of its file; the same bundle gives the same bytes, whenever and wherever. */
export function writeBundle(bundle: Bundle): Uint8Array {
  const { spec, imports, weights, samples } = bundle;
  const parts = new Map<string, Uint8Array>([
    [CARD, Buffer.from(bundle.card)],
    [LOCK, Buffer.from(bundle.lock)],
    [spec.file, Buffer.from(spec.text)],
    ...Object.entries(imports).map(([name, text]) => [`spec/${name}`, Buffer.from(text)] as const),
    ...[...samples].map(([name, png]) => [`samples/${name}`, png] as const),
    ...(weights ? [[WEIGHTS, encodeWeights(weights)] as const] : []),
  ]);
  const names = [...parts.keys()].sort();
  const manifest = {
    format: 'ganc bundle',
    version: BUNDLE_VERSION,
    ganc: bundle.ganc,
    spec: spec.file,
    ...(bundle.license === null ? {} : { license: bundle.license }),
    parts: Object.fromEntries(names.map((name) => [name, factsOf(parts.get(name)!)])),
  };
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  return writeZip(new Map([[MANIFEST, text], ...names.map((name) => [name, parts.get(name)!] as const)]));
}

export function factsOf(bytes: Uint8Array): PartFacts {
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
