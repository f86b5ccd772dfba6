import { expect, test } from 'vitest';
import { renderKey } from '../../../lib/render/text/key.ts';
import { renderActor } from '../../../lib/render/text/who.ts';

test.each(['alice@one', 'bob@two.example.com', 'josé@büro', 'youssef@one'])(
  '%s is a name',
  (name) => {
    expect(renderActor(name)).toBe(name);
  },
);

test.each([
  ['you', '‹you›'],
  ['You@one', '‹You@one›'],
  ['\u200dyou', '‹you›'],
  ['bob@two, 3 h, stale: last seen 2 h ago', 'bob@two_3_h_stale:_last_seen_2_h_ago'],
  ['a) (you, now', 'a_you_now'],
  ['', '‹›'],
])('%j reads as no more than a name', (name, shown) => {
  expect(renderActor(name)).toBe(shown);
});

test.each(['web-k3f9', 'web-k3f9.2', 'my-web-app-abcd2345.10.3', 'web-1a'])(
  '%s is a key',
  (key) => {
    expect(renderKey(key)).toBe(key);
  },
);

test.each([
  'web-a$(touch x);y',
  'web-k3f9 --force',
  'web-k3f9\n- web-aaaa',
  "web-'x'",
  'x'.repeat(200),
])('%j is not shown as a key', (key) => {
  expect(renderKey(key)).toBe('‹not a key›');
});
