import { expect, test } from 'vitest';
import template from '../../settings.template.json' with { type: 'json' };
import { hookNames } from './hook-names.ts';

test('the settings template starts every hook, and no other', () => {
  expect(hookNames).toContain('session-start');
  const entries = Object.values(template.hooks).flatMap((groups) =>
    groups.flatMap(({ hooks }) => hooks),
  );
  const started = entries.map(({ args }) => args.at(-1));
  // The launcher answers an edit by itself.
  expect([...new Set(started)].sort()).toEqual([...hookNames, 'file-edit'].sort());
});
