/**
 * SHA-1 of a few dozen bytes, for the challenge of mysql_native_password in the bundled driver:
 * node:crypto takes 3 to 6 ms to load (measured on Node 24 and 26), on every prompt of everyone
 * whose database has a password. FIPS 180-4, section 6.1.
 */
export function sha1(message: Buffer): Buffer {
  const blocks = Math.ceil((message.length + 9) / 64);
  const padded = Buffer.alloc(blocks * 64);
  message.copy(padded);
  padded[message.length] = 0x80;
  padded.writeUInt32BE(message.length * 8, padded.length - 4);

  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let start = 0; start < padded.length; start += 64) addBlock(state, padded, start);
  const digest = Buffer.alloc(20);
  for (const [index, word] of state.entries()) digest.writeInt32BE(word | 0, index * 4);
  return digest;
}

function addBlock(state: number[], padded: Buffer, start: number): void {
  const words = new Int32Array(80);
  for (let t = 0; t < 16; t += 1) words[t] = padded.readInt32BE(start + t * 4);
  const word = (t: number): number => words[t] ?? 0;
  for (let t = 16; t < 80; t += 1) {
    words[t] = rotate(word(t - 3) ^ word(t - 8) ^ word(t - 14) ^ word(t - 16), 1);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let t = 0; t < 80; t += 1) {
    const next = (rotate(a, 5) + mix(t, b, c, d) + e + word(t)) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  for (const [index, value] of [a, b, c, d, e].entries()) {
    state[index] = ((state[index] ?? 0) + value) | 0;
  }
}

/** The function and the constant of round `t`. */
function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (t < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
