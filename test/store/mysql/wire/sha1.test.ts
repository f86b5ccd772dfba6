import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha1 } from '../../../../lib/store/mysql/wire/sha1.ts';

test('is what node:crypto computes, for every length around the edges of a block', () => {
  for (let length = 0; length < 200; length += 1) {
    const message = Buffer.alloc(length, 0xa5);
    expect(sha1(message)).toEqual(createHash('sha1').update(message).digest());
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(sha1(Buffer.from(bytes))).toEqual(createHash('sha1').update(bytes).digest());
    }),
  );
});
