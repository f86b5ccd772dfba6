/**
 * Bundles the MySQL driver as one CommonJS file that a hook can load on every prompt. Most of a
 * hook's time would go into loading mysql2, so everything that one connection with text queries
 * does not use is left out or loaded when it is first used.
 */
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const mysql2 = `${root}node_modules/mysql2/lib/`;
const nobleSha1 = fileURLToPath(import.meta.resolve('@noble/hashes/legacy.js'));
const nobleSha2 = fileURLToPath(import.meta.resolve('@noble/hashes/sha2.js'));

/** Gives the options that build `mysql.cjs`; the caller adds `outfile`. */
export function mysqlBundleOptions(): BuildOptions {
  return {
    entryPoints: [`${root}lib/store/mysql/driver.ts`],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // mysql2 warns on stderr about packets that are out of order; a hook prints nothing there.
    drop: ['console'],
    // A require of Node's own modules costs less than the first import() of a process.
    supported: { 'dynamic-import': false },
    plugins: [trimmedMysql2],
  };
}

const namespace = 'trimmed';

const nothing = 'module.exports = {};';

/** The replacements for files of mysql2, by their path below `lib`. */
const files: Readonly<Record<string, string>> = {
  'commands/index.js': exporting({
    ClientHandshake: './client_handshake.js',
    Query: './query.js',
    Quit: './quit.js',
  }),
  'packets/index.js': `${exporting({
    AuthSwitchRequest: './auth_switch_request.js',
    AuthSwitchRequestMoreData: './auth_switch_request_more_data.js',
    AuthSwitchResponse: './auth_switch_response.js',
    ColumnDefinition: './column_definition.js',
    Handshake: './handshake.js',
    HandshakeResponse: './handshake_response.js',
    Packet: './packet.js',
    Query: './query.js',
    ResultSetHeader: './resultset_header.js',
    SSLRequest: './ssl_request.js',
  })}
    // What a server says while nobody asks, when it ends a connection.
    module.exports.Error = {
      fromPacket(packet) {
        return packet.asError('utf8');
      },
    };`,
  // The names of 4,000 error numbers: lib/store/mysql/wire/errors.ts compares the numbers.
  'constants/errors.js': nothing,
  // Hundreds of names and numbers, of which one connection in utf8mb4 needs these.
  'constants/charsets.js': 'module.exports = { UTF8MB4_BIN: 46, BINARY: 63 };',
  'constants/charset_encodings.js': `
    module.exports = new Array(1024).fill('utf8');
    for (const latin1 of [5, 8, 15, 31, 47, 48, 49, 94]) module.exports[latin1] = 'latin1';`,
  'constants/encoding_charset.js': nothing,
  'constants/ssl_profiles.js': nothing,
  // Prepared statements, compression, promises, tracing, debug output, generated parsers.
  'compressed_protocol.js': nothing,
  'packets/encode_parameter.js': nothing,
  'parsers/text_parser.js': nothing,
  'promise/connection.js': nothing,
  'tracing.js': `
    exports.shouldTrace = () => false;
    exports.traceCallback = (channel, run, position, context, self, ...rest) =>
      run.apply(self, rest);`,
  'helpers.js': `
    const refused = new Set(['__defineGetter__', '__defineSetter__', '__lookupGetter__',
      '__lookupSetter__', '__proto__']);
    exports.typeMatch = (type, list) => Boolean(list);
    exports.fieldEscape = (field) => {
      if (refused.has(field)) throw new Error('a column may not be called ' + field);
      return field;
    };`,
  // Ways of logging in that reveal the password are refused; here they are not even present.
  'auth_plugins/mysql_clear_password.js': 'module.exports = () => undefined;',
  'auth_plugins/sha256_password.js': 'module.exports = () => undefined;',
  '../package.json': 'exports.version = "3";',
};

/** The replacements for packages that mysql2 uses. */
const packages: Readonly<Record<string, string>> = {
  // Servers send utf8 (which mysql2 calls cesu8 in one of its forms) and latin1: Buffer knows them.
  'iconv-lite': `
    const known = (encoding) => (Buffer.isEncoding(encoding) ? encoding : 'utf8');
    exports.getDecoder = (encoding) => ({
      write: (bytes) => bytes.toString(known(encoding)),
      end: () => '',
    });
    exports.getEncoder = (encoding) => ({
      write: (text) => Buffer.from(text, known(encoding)),
      end: () => undefined,
    });`,
  'lru.min': 'exports.createLRU = () => new Map();',
  long: `
    module.exports = class Long {
      constructor(low, high, unsigned) {
        const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
        this.value = unsigned ? bits : BigInt.asIntN(64, bits);
      }
      toNumber() {
        return Number(this.value);
      }
      toString() {
        return String(this.value);
      }
    };`,
  // The challenges of mysql_native_password and caching_sha2_password. node:crypto takes 3 to 6 ms
  // to load (Node 24 and 26), on every prompt of everyone whose database has a password.
  sha1: hashing('sha1', nobleSha1),
  sha256: hashing('sha256', nobleSha2),
  // Values are put in by lib/store/mysql/wire/bind-parameters.ts.
  'sql-escaper': nothing,
  'named-placeholders': nothing,
};

/** The files of mysql2 that use one hash and nothing else of node:crypto. */
const hashes: readonly (readonly [string, string])[] = [
  ['auth_41.js', 'sha1'],
  ['caching_sha2_password.js', 'sha256'],
];

/** The modules of Node that most connections do without, and that take milliseconds to load. */
const lazyModules: ReadonlySet<string> = new Set(['crypto', 'tls', 'zlib']);

const trimmedMysql2: Plugin = {
  name: 'trimmed-mysql2',
  setup(build) {
    build.onResolve({ filter: /^mysql2$/ }, () => ({ path: 'mysql2', namespace }));
    build.onLoad({ filter: /^mysql2$/, namespace }, () => ({
      contents: exporting({
        createConnection: './create_connection.js',
        authPlugins: './auth_plugins/index.js',
      }),
      resolveDir: mysql2,
    }));
    build.onResolve({ filter: /^[a-z]/ }, ({ path, importer }) => {
      if (!importer.startsWith(mysql2)) return undefined;
      const hash = hashes.find(([file]) => path === 'crypto' && importer.endsWith(file));
      if (hash !== undefined) return { path: hash[1], namespace };
      if (lazyModules.has(path)) return { path, namespace: 'lazy' };
      return path in packages ? { path, namespace } : undefined;
    });
    build.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: packages[path] ?? nothing,
      resolveDir: root,
    }));
    build.onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, {
        get: (target, name) => process.getBuiltinModule('node:${path}')[name],
      });`,
    }));
    build.onLoad({ filter: /[\\/]mysql2[\\/]/, namespace: 'file' }, ({ path }) => {
      const contents = files[relative(mysql2, path)];
      return contents === undefined ? undefined : { contents, resolveDir: dirname(path) };
    });
  },
};

function exporting(modules: Readonly<Record<string, string>>): string {
  return Object.entries(modules)
    .map(([name, path]) => `exports.${name} = require('${path}');`)
    .join('\n');
}

/** A `createHash` that knows one hash. */
function hashing(name: string, library: string): string {
  return `
    import { ${name} } from ${JSON.stringify(library)};
    export function createHash() {
      const hash = ${name}.create();
      return {
        update: (part) => hash.update(Buffer.from(part)),
        digest: () => Buffer.from(hash.digest()),
      };
    }`;
}
