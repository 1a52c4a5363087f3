import { nearest } from '../../compiler/diagnostics/nearest.ts';
import type { ImportProblem, ImportReader } from '../../compiler/source/import-reader.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { isInside } from '../is-inside.ts';
import type { DeclaredIn } from '../pretrained/model-place.ts';
import type { KeptTexts } from './kept-files.ts';
import { type PackageFacts, packageFacts } from './package-entry.ts';
import type { FoundText, SpecFiles } from './spec-files.ts';

/** The folder that a file may import from: that of the spec, or that of a package. */
interface Home {
  readonly folder: string;
  /** Null for the folder of the spec. */
  readonly package: UsedPackage | null;
}

interface UsedPackage {
  readonly name: string;
  readonly facts: PackageFacts;
  /** Its subpaths that were imported, with the file of each. */
  readonly used: Map<string, string>;
  /** The homes that import it. */
  readonly importers: Set<Home>;
}

interface Place {
  /** Its real path. */
  readonly file: string;
  readonly home: Home;
}

const SPEC = /\.gan(\.json)?$/;
const PACKAGE = /^((?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*)((?:\/[\w.~-]+)*)$/;

/**
 * Reads what a spec imports, and remembers it, so that a run or a bundle can take it along. A file of the spec's own
 * folder reads that folder alone, and one of a package that of the package: not by `..`, not by a link. Packages are
 * looked for as Node looks for them, and asked only for what their `exports` share under the condition `gan`.
 */
export class SpecImports {
  readonly #files: SpecFiles;
  readonly #spec: { readonly name: string; readonly folder: string };
  readonly #places = new Map<string, Place>();
  readonly #sources = new Map<string, SourceFile>();
  readonly #homes = new Map<string, Home>();

  /** `path` is where the spec lies, `name` what it is called in findings. */
  constructor(files: SpecFiles, { name, path }: { readonly name: string; readonly path: string }) {
    this.#files = files;
    const folder = files.path.dirname(path);
    const home = { folder, package: null };
    const file = files.path.join(files.realFolder(folder), files.path.basename(path));
    this.#spec = { name, folder };
    this.#homes.set(files.realFolder(folder), home);
    this.#places.set(name, { file, home });
  }

  readonly read: ImportReader = (from, importer) => {
    const place = this.#places.get(importer.name);
    if (!place) throw new Error(`${importer.name} was not read here`);
    const located = from.startsWith('.') ? this.#beside(from, place) : this.#packaged(from, place);
    if ('kind' in located) return located;
    const { found, home } = located;
    const name = this.#nameOf(found.file);
    if (!this.#places.has(name)) this.#places.set(name, { file: found.file, home });
    // A circle leads back to the spec, which was not read here.
    if (name === this.#spec.name) return new SourceFile(name, found.text);
    const known = this.#sources.get(name);
    if (known) return known;
    const source = new SourceFile(name, found.text);
    this.#sources.set(name, source);
    return source;
  };

  /** Puts another text in the place of one that was read. */
  replace(source: SourceFile): void {
    this.#sources.set(source.name, source);
  }

  /** Where a file that was read lies, so that it is found again wherever the spec is. */
  whereabouts(name: string): DeclaredIn {
    const { file, home } = this.#places.get(name)!;
    const { path } = this.#files;
    const folder = path.relative(this.#files.realFolder(home.folder), path.dirname(file));
    return { packages: packagesTo(home), folder: slashed(folder) };
  }

  /**
   * All texts that were read, by paths from the folder of the spec, with what is needed of each package.json. Laid out
   * like this, they are found again by the same imports.
   */
  kept(): KeptTexts {
    const texts: [string, string][] = [];
    const folders = this.#keptFolders();
    for (const [name, source] of this.#sources) {
      const { file, home } = this.#places.get(name)!;
      const relative = this.#files.path.relative(this.#files.realFolder(home.folder), file);
      for (const folder of folders.get(home)!) texts.push([joined(folder, slashed(relative)), source.text]);
    }
    for (const [home, places] of folders) {
      if (!home.package) continue;
      const { name, facts, used } = home.package;
      const { version, license } = facts;
      const exports = Object.fromEntries([...used].sort().map(([subpath, gan]) => [subpath, { gan }]));
      const manifest = { name, ...(version && { version }), ...(license && { license }), exports };
      for (const folder of places)
        texts.push([`${folder}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`]);
    }
    return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /**
   * Where each home goes. What the spec itself imports lies directly in node_modules, and so does everything else,
   * unless two packages have one name: then one lies within the package that needs it.
   */
  #keptFolders(): ReadonlyMap<Home, readonly string[]> {
    const packages = [...this.#homes.values()].filter((home) => home.package !== null);
    const folders = new Map<Home, string[]>();
    const taken = new Map<string, Home>();
    const own = [...this.#homes.values()].find((home) => home.package === null)!;
    folders.set(own, ['']);
    const put = (home: Home, folder: string) => {
      if ((taken.get(folder) ?? home) !== home) return false;
      if (!taken.has(folder)) folders.set(home, [...(folders.get(home) ?? []), folder]);
      taken.set(folder, home);
      return true;
    };
    const direct = packages.filter((home) => home.package!.importers.has(own));
    for (const home of new Set([...direct, ...packages])) {
      const { name, importers } = home.package!;
      if (put(home, `node_modules/${name}`)) continue;
      for (const importer of importers)
        for (const within of folders.get(importer) ?? []) put(home, `${within}/node_modules/${name}`);
    }
    return folders;
  }

  #beside(from: string, { file, home }: Place): Located | ImportProblem {
    const { path } = this.#files;
    if (!/^\.{1,2}\//.test(from) || /[\\\0]/.test(from)) return { kind: 'not a spec' };
    const wanted = path.join(path.dirname(file), from);
    const folder = this.#files.realFolder(home.folder);
    if (!isInside(wanted, folder, path)) return { kind: 'outside', folder: this.#shownFolder(home) };
    const near = () => this.#near(from, wanted, folder);
    if (!SPEC.test(from)) {
      const meant = near();
      return meant ? { kind: 'missing', near: meant } : { kind: 'not a spec' };
    }
    const found = this.#files.read(wanted, folder);
    if (!('kind' in found)) return SPEC.test(found.file) ? { found, home } : { kind: 'not a spec' };
    if (found.kind === 'outside') return { ...found, folder: this.#shownFolder(home) };
    return found.kind === 'missing' ? { kind: 'missing', near: near() } : found;
  }

  #packaged(from: string, { file, home }: Place): Located | ImportProblem {
    const { path } = this.#files;
    const [, name, rest] = PACKAGE.exec(from) ?? [];
    if (name === undefined || rest!.split('/').includes('..')) return { kind: 'not a spec' };
    for (let at = path.dirname(file); ; at = path.dirname(at)) {
      const folder = path.join(at, 'node_modules', name);
      if (this.#files.has(path.join(folder, 'package.json'))) {
        return this.#entry(name, `.${rest}`, this.#files.realFolder(folder), home);
      }
      if (at === path.dirname(at)) return { kind: 'missing', near: null };
    }
  }

  #entry(name: string, subpath: string, folder: string, importer: Home): Located | ImportProblem {
    const { path } = this.#files;
    const home = this.#homes.get(folder) ?? this.#homeOf(name, folder);
    const facts = home?.package?.facts;
    const target = facts?.entry(subpath) ?? null;
    if (!home || !facts || target === null) {
      const shares = (facts?.shares ?? []).map((shared) => name + shared.slice(1));
      return { kind: 'no gan entry', shares };
    }
    const wanted = path.join(folder, target);
    const refused = (why: string) =>
      ({ kind: 'unreadable', reason: `its package.json names ${target}, which ${why}` }) as const;
    if (!SPEC.test(target)) return refused('is no spec');
    if (!isInside(wanted, folder, path)) return refused('lies outside the package');
    const found = this.#files.read(wanted, folder);
    if ('kind' in found) {
      if (found.kind === 'outside') return refused('leads out of the package');
      return found.kind === 'missing' ? refused('is not there') : found;
    }
    home.package!.used.set(subpath, target);
    home.package!.importers.add(importer);
    return { found, home };
  }

  #homeOf(name: string, folder: string): Home | null {
    const manifest = this.#files.read(this.#files.path.join(folder, 'package.json'), folder);
    const facts = 'kind' in manifest ? null : packageFacts(manifest.text);
    if (!facts) return null;
    const home = { folder, package: { name, facts, used: new Map(), importers: new Set<Home>() } };
    this.#homes.set(folder, home);
    return home;
  }

  /** A file beside the one that is not there, by a name like its own; as it would be written. */
  #near(from: string, wanted: string, home: string): string | null {
    const { path } = this.#files;
    const folder = path.dirname(wanted);
    if (!isInside(this.#files.realFolder(folder), home, path)) return null;
    const names = this.#files.list(folder).filter((name) => SPEC.test(name));
    const written = path.basename(wanted);
    const meant = names.find((name) => name === `${written}.gan`) ?? nearest(written, names);
    return meant === null ? null : from.slice(0, from.length - written.length) + meant;
  }

  /** What a file is called in findings: a path from where the spec was named from. */
  #nameOf(file: string): string {
    const { path } = this.#files;
    for (const [name, place] of this.#places) if (place.file === file) return name;
    const relative = path.relative(this.#files.realFolder(this.#spec.folder), file);
    return path.join(path.dirname(this.#spec.name), relative);
  }

  #shownFolder(home: Home): string {
    return home.package?.name ?? this.#spec.folder;
  }
}

/** The packages from the spec to a home, by the first that imported each. */
function packagesTo(home: Home): readonly string[] {
  if (!home.package) return [];
  const [importer] = home.package.importers;
  return [...packagesTo(importer!), home.package.name];
}

interface Located {
  readonly found: FoundText;
  readonly home: Home;
}

function joined(folder: string, file: string): string {
  return folder === '' ? file : `${folder}/${file}`;
}

function slashed(file: string): string {
  return file.replaceAll('\\', '/');
}
