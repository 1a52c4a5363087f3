import { SafetensorsError } from '../train/safetensors.ts';
import { BUNDLE_VERSION, type Bundle, CARD, LOCK, MANIFEST, WEIGHTS } from './bundle.ts';
import { decodeWeights, type Weights } from './weights.ts';
import { factsOf } from './write-bundle.ts';
import { readZip, ZipError } from './zip.ts';

/** The largest bundle that is read: it is held in memory. */
export const MOST_BUNDLE_BYTES = 2 ** 30;

/** The largest text in one: a spec with every loop and default written out is long. */
const MOST_TEXT_BYTES = 16 * 2 ** 20;

/** Reads a bundle, every claim in it checked. Throws `ZipError`, whose message goes on from the name of the file. */
export function readBundle(bytes: Uint8Array): Bundle {
  return bundleOf(readParts(bytes));
}

/** All parts of a bundle by path, the manifest included, after the same checks. */
export function readParts(bytes: Uint8Array): Map<string, Uint8Array> {
  const parts = readZip(bytes);
  const { listed } = manifestOf(parts);
  for (const [name, { bytes: length, sha256 }] of listed) {
    const part = parts.get(name);
    if (!part) throw new ZipError(`lacks ${name}, which its manifest lists`);
    const facts = factsOf(part);
    if (facts.bytes !== length || facts.sha256 !== sha256) {
      throw new ZipError(
        `was changed after it was packed: ${name} does not have the SHA-256 in the manifest`,
      );
    }
  }
  for (const name of parts.keys()) {
    if (name !== MANIFEST && !listed.has(name))
      throw new ZipError(`holds ${name}, which its manifest does not list`);
  }
  for (const [name, part] of parts) requireKnownPart(name, part);
  return parts;
}

const SPEC = /^spec\/(.+\/)?[^/]+\.gan(\.json)?$/;
const PACKAGE = /^spec\/(.+\/)?node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/;
const SAMPLE = /^samples\/[^/]+\.png$/;
const PACKAGE_KEYS = new Set(['name', 'version', 'license', 'exports']);

/** An unpacked bundle is a folder that people work in, so nothing may lie there that other programs would run or obey. */
function requireKnownPart(name: string, part: Uint8Array): void {
  if (PACKAGE.test(name)) {
    const more = Object.keys(objectOf(textOf(part, name), `${name} that`)).find(
      (key) => !PACKAGE_KEYS.has(key),
    );
    if (more !== undefined) throw new ZipError(`holds ${name} with more in it than what the package shares`);
  } else if (![MANIFEST, CARD, LOCK, WEIGHTS].includes(name) && !SPEC.test(name) && !SAMPLE.test(name)) {
    throw new ZipError(`holds ${name}, which is no part of a bundle`);
  }
}

interface Manifest {
  readonly ganc: string;
  readonly spec: string;
  readonly license: string | null;
  readonly listed: ReadonlyMap<string, { readonly bytes: unknown; readonly sha256: unknown }>;
}

function manifestOf(parts: ReadonlyMap<string, Uint8Array>): Manifest {
  const part = parts.get(MANIFEST);
  if (!part) throw new ZipError(`is no bundle of ganc: it has no ${MANIFEST}`);
  const manifest = objectOf(textOf(part, MANIFEST), 'a manifest that');
  const { format, version, ganc, spec, license, parts: listed } = manifest;
  if (format !== 'ganc bundle') throw new ZipError('is no bundle of ganc: its manifest says so');
  if (version !== BUNDLE_VERSION) {
    throw new ZipError(
      `is a bundle of version ${JSON.stringify(version) ?? 'none'}, and this ganc reads version ${BUNDLE_VERSION}; a newer ganc may read it`,
    );
  }
  if (typeof spec !== 'string' || typeof ganc !== 'string' || !isObject(listed)) {
    throw new ZipError('has a manifest without what it must say');
  }
  return {
    ganc: ganc.slice(0, 100),
    spec,
    license: typeof license === 'string' ? license : null,
    listed: new Map(
      Object.entries(listed).map(([name, facts]) => [
        name,
        isObject(facts) ? { bytes: facts.bytes, sha256: facts.sha256 } : { bytes: null, sha256: null },
      ]),
    ),
  };
}

function bundleOf(parts: ReadonlyMap<string, Uint8Array>): Bundle {
  const { ganc, spec, license } = manifestOf(parts);
  const text = (name: string) => {
    const part = parts.get(name);
    if (!part) throw new ZipError(`lacks ${name}`);
    return textOf(part, name);
  };
  if (!/^spec\/[^/]+\.gan(\.json)?$/.test(spec)) throw new ZipError('does not say which part is the spec');
  const imports = [...parts.keys()].filter((name) => name.startsWith('spec/') && name !== spec);
  const samples = [...parts].filter(([name]) => SAMPLE.test(name));
  return {
    ganc,
    license,
    spec: { file: spec, text: text(spec) },
    imports: Object.fromEntries(imports.map((name) => [name.slice('spec/'.length), text(name)])),
    lock: text(LOCK),
    card: text(CARD),
    weights: weightsOf(parts.get(WEIGHTS)),
    samples: new Map(samples.map(([name, png]) => [name.slice('samples/'.length), png])),
  };
}

function weightsOf(part: Uint8Array | undefined): Weights | null {
  if (!part) return null;
  try {
    return decodeWeights(part);
  } catch (error) {
    if (error instanceof SafetensorsError) throw new ZipError(`holds ${WEIGHTS}, but ${error.message}`);
    throw error;
  }
}

function textOf(part: Uint8Array, name: string): string {
  if (part.length > MOST_TEXT_BYTES)
    throw new ZipError(`holds ${name} of ${part.length} bytes, too large for a text`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(part);
  } catch {
    throw new ZipError(`holds ${name}, which is no text`);
  }
}

function objectOf(text: string, whose: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {}
  throw new ZipError(`has ${whose} is no JSON object`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
