import { randomBytes, randomUUID } from 'node:crypto';

let lastTime = 0;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562): sorts by time of creation. Within one process ids made in the
 * same millisecond keep their order (method 1 of section 6.2: a counter in `rand_a`).
 */
export function makeId(): string {
  const time = Math.max(Date.now(), lastTime);
  counter = time === lastTime ? counter + 1 : 0;
  if (counter > 0xfff) {
    lastTime = time + 1;
    counter = 0;
  } else {
    lastTime = time;
  }
  const head = lastTime.toString(16).padStart(12, '0');
  const random = randomBytes(8);
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const tail = random.toString('hex');
  const order = counter.toString(16).padStart(3, '0');
  return `${head.slice(0, 8)}-${head.slice(8)}-7${order}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/** A token that never comes twice: guards and revisions are compared by it. */
export function makeToken(): string {
  return randomUUID();
}
