import { expect, test } from 'vitest';
import { docketVersion } from '../../lib/model/docket-version.ts';
import packageJson from '../../package.json' with { type: 'json' };

test('the library knows the version of its package', () => {
  expect(docketVersion).toBe(packageJson.version);
});
