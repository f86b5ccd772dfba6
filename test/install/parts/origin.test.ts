import { expect, test } from 'vitest';
import { normaliseOrigin } from '../../../lib/install/parts/origin.ts';

test.each([
  'git@example.com:alice/web.git',
  'example.com:alice/web',
  'GIT@EXAMPLE.com:/alice/web.git/',
  'ssh://git@example.com/alice/web.git',
  'ssh://git@example.com:2222/alice/web',
  'ssh://example.com:/alice/web',
  'git+ssh://git@example.com/alice/web.git',
  'git://example.com/alice/web.git',
  'http://example.com/alice/web',
  'https://example.com/alice/web.git',
  'https://Example.COM:443//alice/web/',
  'https://alice:secret-token@example.com/alice/web.git',
  'https://example.com/alice/web.git?ref=main#readme',
  ' https://example.com/alice/web.git\n',
])('%s is example.com/alice/web', (url) => {
  expect(normaliseOrigin(url, '/work')).toBe('example.com/alice/web');
});

test.each([
  ['/srv/git/web.git', '/srv/git/web'],
  ['/srv/git/web/.git', '/srv/git/web'],
  ['/srv/git/web/', '/srv/git/web'],
  ['../web', '/work/web'],
  ['./a:b/web', '/work/here/a:b/web'],
  ['file:///srv/git/my%20web.git', '/srv/git/my web'],
  ['ssh://git@[2001:DB8::1]:22/alice/web', '[2001:db8::1]/alice/web'],
  ['[2001:db8::1]:alice/web', '[2001:db8::1]/alice/web'],
  ['git@example.com:~alice/web.git', 'example.com/~alice/web'],
  ['https://example.com/Alice/Web', 'example.com/Alice/Web'],
])('%s is %s', (url, origin) => {
  expect(normaliseOrigin(url, '/work/here')).toBe(origin);
});

test('no origin is no origin', () => {
  expect(normaliseOrigin('  ', '/work')).toBeNull();
  expect(normaliseOrigin('file://', '/work')).toBeNull();
});

test('an origin fits its column', () => {
  expect(normaliseOrigin(`https://example.com/${'a'.repeat(900)}`, '/work')).toHaveLength(500);
});
