import { describe, expect, test } from 'vitest';
import { diagnosticDefinitions } from '../../compiler/diagnostics/codes/index.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import { foundIn } from './found-in.ts';

function findings(name: string, text: string) {
  const { diagnostics, sources } = foundIn(name, text);
  return { codes: diagnostics.map(({ code }) => code), text: renderDiagnostics(diagnostics, { sources }) };
}

describe.each(diagnosticDefinitions.map((definition) => [definition.code, definition] as const))(
  '%s',
  (code, definition) => {
    test('its bad example has exactly this mistake', () => {
      const { codes, text } = findings('bad.gan', definition.bad);
      expect(codes, text).toEqual([code]);
    });

    test('its good example has none', () => {
      const { text } = findings('good.gan', definition.good);
      expect(text).toBe('');
    });
  },
);
