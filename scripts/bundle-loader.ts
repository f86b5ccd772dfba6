/**
 * What starts a bundle. Half of a short process would be V8 compiling it: of the prompt hook's time
 * above a bare Node.js, 4 of 9 ms. So the loader keeps what V8 compiled, and the next process loads
 * that. Node's own compile cache keeps a file as it is before it has run, without the functions
 * that are compiled when they are first called, and gains nothing here (measured on Node 24).
 */
import { oldNodeGuard } from './bundle-guard.ts';

/** The parameters of the function that a bundle is wrapped into, and that the loader calls. */
export const bundleWrapper = {
  banner: { js: '(function (exports, module, require, loadBundle, keepCompiled) {' },
  footer: { js: '})' },
} as const;

export interface LoaderOptions {
  readonly kind: 'hook' | 'cli';
  readonly bundle: string;
  /** From the loader's folder to that of the installation. */
  readonly root: string;
}

/**
 * The file that is started: in the syntax of old versions of Node.js, which it refuses. The cache is
 * one for each use, as each command compiles other functions. The launcher looks whether a prompt
 * has loaded `mysql`, by the cache's name.
 */
export function renderLoader({ kind, bundle, root }: LoaderOptions): string {
  const command = `'cli-' + (/^[a-z]{1,20}$/.test(process.argv[2]) ? process.argv[2] : '')`;
  return `${oldNodeGuard(kind)}
(function () {
  var fs = require('fs');
  var vm = require('vm');
  var root = __dirname + '${root}';
  var use = ${kind === 'cli' ? command : `'${bundle}'`};
  // V8 rejects what it compiled under other flags.
  var flagged = process.execArgv.length > 0 ? '.flagged' : '';
  var loaded = [];
  function loadBundle(name) {
    var options = { filename: root + '/code/' + name + '.js' };
    var cache = root + '/compile-cache/'
      + [use, name, process.version, process.arch].join('.') + flagged;
    var kept = readKept(cache);
    options.cachedData = kept.code;
    var script = new vm.Script(fs.readFileSync(options.filename, 'latin1'), options);
    var runs = script.cachedDataRejected === false ? kept.runs : 0;
    loaded.push({ script: script, cache: cache, runs: runs });
    var module = { exports: {} };
    script.runInThisContext()(module.exports, module, require, loadBundle, keepCompiled);
    return module.exports;
  }
  // Called by a run that did all there is to do: what others like it would compile, it has. \`run\`
  // is a bit for its kind; a run of another kind adds what it compiled to what was kept.
  function keepCompiled(run) {
    var fresh = loaded.filter(function (each) { return (each.runs & run) === 0; });
    if (fresh.length === 0) { return; }
    process.once('exit', function () { fresh.forEach(function (each) { keep(each, run); }); });
  }
  function keep(each, run) {
    var draft = each.cache + '.' + process.pid;
    try {
      fs.mkdirSync(root + '/compile-cache', { recursive: true, mode: 448 });
      var code = each.script.createCachedData();
      var bytes = Buffer.concat([Buffer.from([each.runs | run]), code, code]);
      fs.writeFileSync(draft, bytes, { mode: 384, flush: true });
      fs.renameSync(draft, each.cache);
    } catch (error) {
      try { fs.unlinkSync(draft); } catch (gone) {}
    }
  }
  // V8 runs what it is given, and crashes when the disk has lost a part of it. Kept twice and
  // compared: a checksum would cost more than all of this saves.
  function readKept(cache) {
    var bytes;
    try { bytes = fs.readFileSync(cache); } catch (error) { return {}; }
    var half = 1 + (bytes.length - 1) / 2;
    var code = bytes.subarray(1, half);
    return code.equals(bytes.subarray(half)) ? { code: code, runs: bytes[0] } : {};
  }
  loadBundle('${bundle}');
})();
`;
}
