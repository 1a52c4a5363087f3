import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ADDON } from '../../../runtime/engines/tensorflow/install/addon.ts';
import { writePackage } from './fake-package.ts';

/** The interpreter that stands behind the pretended one, to unpack wheels; null where there is none. */
export const python = ((): string | null => {
  try {
    const script = 'import sys, zipfile; print(sys.executable)';
    return execFileSync('python3', ['-c', script], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
})();

/** What each pretended program does, as lines of a shell script. They can call nothing but each other. */
export interface Scripts {
  readonly npmInstall?: string;
  readonly npmBuild?: string;
  readonly pip?: string;
  readonly without?: readonly string[];
}

const WHEEL = `
import base64, hashlib, sys, zipfile
target, damage, leave_out = sys.argv[1], sys.argv[2], sys.argv[3]
files = {
    'tensorflow/libtensorflow_cc.so.2': b'library', 'tensorflow/libtensorflow_framework.so.2': b'framework',
    'tensorflow/include/tensorflow/c/c_api.h': b'header', 'tensorflow/python/evil.py': b'never unpacked',
}
files.pop(leave_out, None)
digest = lambda data: 'sha256=' + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()
record = ''.join(f'{name},{digest(data)},{len(data)}\\n' for name, data in files.items())
with zipfile.ZipFile(target, 'w') as archive:
    for name, data in files.items():
        archive.writestr(name, data + b'!' if name == damage else data)
    archive.writestr('tensorflow.dist-info/RECORD', record)
`;

/** Makes a folder with npm, python3, make and c++ that only pretend: all of an installation, without its network. */
export class FakeTools {
  readonly bin: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.bin = path.join(folder, 'bin');
    mkdirSync(this.bin);
    writePackage(path.join(folder, 'registry'));
    this.writeWheel();
    this.write({});
  }

  writeWheel({ damage = '', leaveOut = '' } = {}): void {
    execFileSync(python!, ['-c', WHEEL, path.join(this.#folder, 'fake.whl'), damage, leaveOut]);
  }

  write({ npmInstall, npmBuild, pip, without = [] }: Scripts): void {
    const lock = { packages: { [`node_modules/${ADDON.name}`]: { integrity: ADDON.integrity } } };
    const fetched = `
      /bin/cp -R '${this.#folder}/registry/node_modules' node_modules
      echo '${JSON.stringify(lock)}' > node_modules/.package-lock.json`;
    // After `--dest` comes the folder for the wheel.
    const downloaded = `
      while [ "$1" != --dest ]; do shift; done
      /bin/mkdir -p "$2" && /bin/cp '${this.#folder}/fake.whl' "$2/fake.whl"`;
    const scripts: Record<string, string> = {
      npm: `case "$1" in
        install) ${npmInstall ?? fetched} ;;
        exec) ${npmBuild ?? 'echo built > build-tmp-napi-v8'} ;;
        esac`,
      python3: `case "$*" in
        '--version' | '-m pip --version') ;;
        '-m pip download'*) ${pip ?? downloaded} ;;
        *) exec '${python}' "$@" ;;
        esac`,
      make: '',
      'c++': '',
    };
    for (const [name, script] of Object.entries(scripts)) {
      const file = path.join(this.bin, name);
      writeFileSync(file, without.includes(name) ? '#!/bin/sh\nexit 127\n' : `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
    }
  }
}
