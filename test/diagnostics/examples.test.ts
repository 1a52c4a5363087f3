import { describe, expect, test } from 'vitest';
import { diagnosticDefinitions } from '../../compiler/diagnostics/codes/index.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import { exampleFinding } from '../../compiler/explain/example-finding.ts';
import { play } from './play.ts';

describe.each(diagnosticDefinitions.map((definition) => [definition.code, definition] as const))(
  '%s',
  (code, definition) => {
    test('its bad example has exactly this mistake, as its page shows it', async () => {
      const { diagnostics, sources } = await play('bad.gan', definition.bad, definition.scene);
      const codes = diagnostics.map((diagnostic) => diagnostic.code);
      expect(codes, renderDiagnostics(diagnostics, { sources })).toEqual([code]);
      const { span, ...words } = diagnostics[0]!;
      if (!definition.scene) return;
      const { span: place, ...shown } = exampleFinding(definition)!.finding;
      expect(words).toEqual(shown);
      expect([span.start, span.end]).toEqual([place.start, place.end]);
    });

    test('its good example has none', async () => {
      const { diagnostics, sources } = await play('good.gan', definition.good, definition.scene);
      expect(renderDiagnostics(diagnostics, { sources })).toBe('');
    });
  },
);
