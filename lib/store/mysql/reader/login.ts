import { authPlugins } from '../auth-plugins.ts';
import { sha1 } from '../sha1.ts';
import type { MysqlTarget } from '../target.ts';
import { Cursor } from './cursor.ts';
import type { PacketStream } from './packet-stream.ts';
import { serverError } from './server-error.ts';

const native = 'mysql_native_password';

/**
 * LONG_PASSWORD, FOUND_ROWS, CONNECT_WITH_DB, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION,
 * PLUGIN_AUTH, CONNECT_ATTRS: no file of this machine, no second statement, no TLS.
 */
const capabilities = 0x1 | 0x2 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000 | 0x100000;
const utf8mb4Bin = 46;

/**
 * Logs in by mysql_native_password, a challenge; a user without a password in any way that then
 * reveals nothing.
 *
 * @throws Error with what the server said, or why it is not answered.
 */
export async function logIn(stream: PacketStream, target: MysqlTarget): Promise<void> {
  const seed = readGreeting(await stream.next());
  stream.send(renderLogin(target, answer(target.password, seed)));
  let reply = await stream.next();
  if (reply[0] === 0xfe) {
    const cursor = new Cursor(reply.subarray(1));
    // The oldest servers say nothing more: they want the method of before 4.1.
    const method = cursor.isAtEnd ? 'mysql_old_password' : cursor.terminated();
    requireSafe(method, target);
    stream.send(method === native ? answer(target.password, cursor.bytes(20)) : Buffer.alloc(0));
    reply = await stream.next();
  }
  if (reply[0] === 0xff) throw serverError(reply);
  if (reply[0] !== 0) throw new Error('the server asks for more than a login');
}

/** What the password is mixed with. */
function readGreeting(packet: Buffer): Buffer {
  if (packet[0] === 0xff) throw serverError(packet);
  const cursor = new Cursor(packet);
  if (cursor.number(1) !== 10) throw new Error('what answers there is no MySQL server');
  cursor.terminated();
  cursor.number(4);
  const first = cursor.bytes(8);
  cursor.bytes(1 + 2 + 1 + 2 + 2 + 1 + 10);
  return Buffer.concat([first, cursor.bytes(12)]);
}

function requireSafe(method: string, target: MysqlTarget): void {
  if (method === native) return;
  const refuse = authPlugins(target)[method];
  if (refuse !== undefined) refuse({} as never);
  if (method === 'caching_sha2_password') return;
  throw new Error(`the server asks for the password by ${method}, which docket does not know`);
}

/** SHA1(password) XOR SHA1(seed + SHA1(SHA1(password))) */
function answer(password: string, seed: Buffer): Buffer {
  if (password === '') return Buffer.alloc(0);
  const once = sha1(Buffer.from(password));
  const mask = sha1(Buffer.concat([seed, sha1(once)]));
  return Buffer.from(once.map((byte, index) => byte ^ (mask[index] ?? 0)));
}

function renderLogin({ user, database }: MysqlTarget, proof: Buffer): Buffer {
  const head = Buffer.alloc(32);
  head.writeUInt32LE(capabilities, 0);
  head.writeUInt32LE(0xffffff, 4);
  head[8] = utf8mb4Bin;
  const attributes = Buffer.concat(['program_name', 'docket'].map(withLength));
  return Buffer.concat([
    head,
    ...[Buffer.from(`${user}\0`), withLength(proof)],
    Buffer.from(`${database}\0${native}\0`),
    withLength(attributes),
  ]);
}

/** At most 250 bytes, and how many. */
function withLength(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}
