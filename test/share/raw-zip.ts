import { crc32 } from './crc32.ts';

/** One entry of an archive, with everything that a stranger may write into it. */
export interface RawEntry {
  readonly name: string;
  readonly data: Uint8Array;
  /** 0 stored, 8 deflated. */
  readonly method?: number;
  /** What the archive claims the unfolded size to be. */
  readonly claimed?: number;
  readonly flags?: number;
  /** Made by: 3 << 8 for Unix, whose file modes are in the upper half of the attributes. */
  readonly madeBy?: number;
  readonly attributes?: number;
  readonly extra?: Uint8Array;
  /** The name in the header before the data, where it differs from the one in the directory. */
  readonly localName?: string;
}

/** A zip archive by hand, as APPNOTE.TXT describes it, with nothing checked. */
export function rawZip(entries: readonly RawEntry[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { name, data, method = 0, claimed = data.length, flags = 0, extra = Buffer.alloc(0) } = entry;
    const shared = (text: string) => {
      const header = Buffer.alloc(26);
      header.writeUInt16LE(20, 0);
      header.writeUInt16LE(flags, 2);
      header.writeUInt16LE(method, 4);
      header.writeUInt16LE(0x21, 8);
      header.writeUInt32LE(crc32(data), 10);
      header.writeUInt32LE(data.length, 14);
      header.writeUInt32LE(claimed, 18);
      header.writeUInt16LE(Buffer.byteLength(text), 22);
      header.writeUInt16LE(extra.length, 24);
      return header;
    };
    const localName = entry.localName ?? name;
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      shared(localName),
      Buffer.from(localName),
      extra,
      data,
    ]);
    const madeBy = Buffer.alloc(2);
    madeBy.writeUInt16LE(entry.madeBy ?? 20);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((entry.attributes ?? 0) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02', 'latin1'),
        madeBy,
        shared(name),
        rest,
        Buffer.from(name),
        extra,
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, ...directory, end, Buffer.from(comment)]);
}
