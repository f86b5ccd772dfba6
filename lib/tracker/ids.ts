/** Reading verbs share modules with those that write, and node:crypto takes 3 ms to load. */
function cryptography() {
  return process.getBuiltinModule('node:crypto');
}

let lastTime = 0;
let counter = 0;

/**
 * Makes a UUID of version 7 (RFC 9562), which sorts by time of creation. Ids that one process makes
 * in the same millisecond keep their order (method 1 of section 6.2: a counter in `rand_a`).
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
  const order = counter.toString(16).padStart(3, '0');
  return uuid7(lastTime.toString(16).padStart(12, '0'), order, cryptography().randomBytes(8));
}

/**
 * Gives the source of one transaction's ids. The ids of a request with an id follow from that id:
 * the same request gets the same ids in the same order, with the request's own time.
 */
export function idSource(requestId: string | undefined): () => string {
  if (requestId === undefined) return makeId;
  let made = 0;
  return () => {
    made += 1;
    const name = `${requestId} ${made}`;
    const hash = cryptography().createHash('sha256').update(name).digest();
    const order = made.toString(16).padStart(3, '0').slice(-3);
    return uuid7(requestId.replaceAll('-', '').slice(0, 12), order, hash.subarray(0, 8));
  };
}

/**
 * Gives the id of what a list has once: the same words give the same id on every machine, so the
 * tasks' primary key lets one be made and no second one. A UUID of version 8 (RFC 9562).
 */
export function onceId(...words: readonly string[]): string {
  const name = JSON.stringify(words);
  const hash = cryptography().createHash('sha256').update(name).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function uuid7(time: string, order: string, random: Buffer): string {
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const tail = random.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/** Makes a token that never comes twice: guards and revisions are compared by it. */
export function makeToken(): string {
  return cryptography().randomUUID();
}
