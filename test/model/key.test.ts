import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  keyLength,
  makeKeyPart,
  makeSlug,
  parseKeyQuery,
  slugPattern,
} from '../../lib/model/key.ts';
import { anyCharacter } from '../render/nasty-text.ts';

test('keys grow before one in a hundred would be taken already', () => {
  const alphabet = 31;
  expect(keyLength(0)).toBe(4);
  for (const existing of [1, 7_000, 8_000, 200_000, 300_000, 5_000_000, 10 ** 9]) {
    const length = keyLength(existing);
    expect(existing / alphabet ** length).toBeLessThan(0.01);
    if (length > 4) expect(existing / alphabet ** (length - 1)).toBeGreaterThanOrEqual(0.01);
  }
  expect(keyLength(10 ** 15)).toBe(8);
});

test('a key has a letter and nothing that people misread', () => {
  for (let count = 0; count < 2_000; count += 1) {
    expect(makeKeyPart(4, randomBytes)).toMatch(/^(?=.*[a-z])[a-hjkmnp-z2-9]{4}$/);
  }
});

test('a key of digits only is drawn again, and bytes past the last whole alphabet are skipped', () => {
  // 23 to 30 are the digits 2 to 9; 255 is past 8 * 31.
  const draws = [[23, 24, 25, 26], [255, 0, 1, 30], [29]];
  expect(makeKeyPart(4, () => Uint8Array.from(draws.shift() ?? []))).toBe('ab98');
});

test('every letter is as likely as another', () => {
  const counts = new Map<string, number>();
  for (let count = 0; count < 4_000; count += 1) {
    for (const letter of makeKeyPart(8, randomBytes)) {
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
  }
  expect(counts.size).toBe(31);
  const expected = (4_000 * 8) / 31;
  for (const count of counts.values()) {
    expect(count).toBeGreaterThan(expected * 0.8);
    expect(count).toBeLessThan(expected * 1.2);
  }
});

test.for([
  ['My Web_App', 'my-web-app'],
  ['Größe', 'gro-e'],
  ['Über uns', 'uber-uns'],
  ['3d-viewer', 'd-viewer'],
  ['--x--', 'x'],
  ['***', 'tasks'],
  ['日本', 'tasks'],
  ['', 'tasks'],
  ['a'.repeat(60), 'a'.repeat(24)],
  ['a23456789012345678901234-b', 'a23456789012345678901234'],
] as const)('the slug of %j is %s', ([name, slug]) => {
  expect(makeSlug(name)).toBe(slug);
});

test('whatever a folder is called, its slug is one', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), (name) => {
      expect(makeSlug(name)).toMatch(slugPattern);
      expect(makeSlug(name).length).toBeLessThanOrEqual(24);
    }),
    { numRuns: 2_000 },
  );
});

test('a key is whole or shortened, with or without its slug', () => {
  expect(parseKeyQuery('web-k3f9', 'web')).toEqual({
    prefixes: ['web-k3f9', 'web-web-k3f9'],
    subtask: '',
  });
  expect(parseKeyQuery(' K3 ', 'web')).toEqual({ prefixes: ['web-k3'], subtask: '' });
  expect(parseKeyQuery('k3.2.11', 'web')).toEqual({ prefixes: ['web-k3'], subtask: '.2.11' });
  expect(parseKeyQuery('api-k3', 'web-api')?.prefixes).toContain('web-api-api-k3');
});

test.for(['', ' ', '.2', 'k3.', 'k3.x', 'a b', "k'3", 'k%', 'k3..2', 'ü'])(
  '%j is no key',
  (text) => {
    expect(parseKeyQuery(text, 'web')).toBeUndefined();
  },
);
