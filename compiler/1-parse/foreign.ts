/** What a sign that the language does not have is, and what to write instead. */
export interface ForeignAdvice {
  readonly what: string;
  readonly help: string | null;
  /** Takes its place, where that is certain. */
  readonly replacement: string | null;
}

const ARROWS = new Set(['→', '=>', '|>', '⟶', '➔']);
const INSTEAD: Readonly<Record<string, string>> = {
  '×': '*',
  '·': '*',
  '÷': '/',
  '−': '-',
  '–': '-',
  '~': ':',
  '：': ':',
  '，': ',',
  '（': '(',
  '）': ')',
  '［': '[',
  '］': ']',
  '｛': '{',
  '｝': '}',
  '＝': '=',
  '“': '"',
  '”': '"',
};

export function adviseForeign(image: string): ForeignAdvice {
  if (image.startsWith('"')) return adviseString(image);
  if (image.startsWith("'")) {
    const inside = image.length > 1 && image.endsWith("'") ? image.slice(1, -1) : null;
    return {
      what: 'a text stands in double quotes',
      help: inside === null ? 'write "…"' : `write "${inside}"`,
      replacement: inside === null ? null : JSON.stringify(inside),
    };
  }
  if (image.startsWith('/*')) {
    return {
      what: 'a comment begins with `//`',
      help: 'write // at the beginning of each line',
      replacement: null,
    };
  }
  if (ARROWS.has(image)) return { what: 'a flow is written with `->`', help: 'write ->', replacement: '->' };
  const instead = INSTEAD[image];
  if (instead !== undefined) {
    return {
      what: `\`${image}\` is not a sign of the language`,
      help: `write ${instead}`,
      replacement: instead,
    };
  }
  switch (image) {
    case ';':
      return { what: 'a line needs no `;` at its end', help: 'remove it', replacement: '' };
    case '#':
      return { what: 'a comment begins with `//`', help: 'write // instead of #', replacement: '//' };
    case '==':
    case '!=':
    case '<=':
    case '>=':
    case '<':
    case '>':
    case '&&':
    case '||':
    case '?':
    case '!':
      return {
        what: `\`${image}\` is not a sign of the language, which has no conditions`,
        help: 'use a param, and set it with --set',
        replacement: null,
      };
    case '**':
    case '^':
      return {
        what: `\`${image}\` is not a sign of the language`,
        help: 'multiply, or use square(…)',
        replacement: null,
      };
    default:
      return {
        what: `\`${printable(image)}\` is not a sign of the language`,
        help: 'remove it',
        replacement: null,
      };
  }
}

function adviseString(image: string): ForeignAdvice {
  const control = [...image].find((character) => character < ' ');
  if (control !== undefined) {
    return {
      what: `\`${printable(control)}\` cannot stand in a text`,
      help: control === '\t' ? 'write \\t, or a space' : 'remove it',
      replacement: null,
    };
  }
  if (image.length > 1 && image.endsWith('"') && !image.endsWith('\\"')) {
    const bad = /\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})./.exec(image.replaceAll('\\\\', '  '));
    return {
      what: `\`${bad?.[0] ?? '\\'}\` stands for nothing in a text`,
      help: 'write \\\\ for a backslash; paths may use /',
      replacement: null,
    };
  }
  return { what: 'this text is never closed', help: 'write the missing `"`', replacement: null };
}

/** A control character by its number. */
function printable(image: string): string {
  const code = image.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code < 0xe000)
    ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    : image;
}
