import { afterEach, expect, test, vi } from 'vitest';
import { requestedEngines, requestedName } from './engines.ts';

afterEach(() => vi.unstubAllEnvs());

test('no engine is on request in an ordinary run', () => {
  vi.stubEnv('DOCKET_TEST_ENGINE', '');
  expect(requestedName()).toBeUndefined();
});

test.each(Object.keys(requestedEngines))('%s can be requested', (name) => {
  vi.stubEnv('DOCKET_TEST_ENGINE', name);
  expect(requestedName()).toBe(name);
});

test('what is no engine on request is refused with the names of those that are', () => {
  vi.stubEnv('DOCKET_TEST_ENGINE', 'galere');
  expect(() => requestedName()).toThrow('DOCKET_TEST_ENGINE is galere: the engines on request are');
  expect(() => requestedName()).toThrow('galera, group');
});
