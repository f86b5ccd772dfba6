/**
 * Renders the loader that starts a bundle. Half of a short process would be V8 compiling it: of the
 * prompt hook's time above a bare Node.js, 4 of 9 ms. So the loader keeps what V8 compiled, and the
 * next process loads that. Node's own compile cache keeps a file as it is before it has run,
 * without the functions that are compiled when they are first called: it gains a third of this
 * (measured on Node 24).
 */
import { oldNodeGuard } from './bundle-guard.ts';

/** The parameters of the function that a bundle is wrapped into, and that the loader calls. */
export const bundleWrapper = {
  banner: { js: '(function (exports, module, require, loadBundle) {' },
  footer: { js: '})' },
} as const;

export interface LoaderOptions {
  readonly kind: 'hook' | 'cli';
  readonly bundle: string;
  /** The path from the loader's folder to that of the installation. */
  readonly root: string;
}

/**
 * Renders the file that is started, in the syntax of old versions of Node.js, which it refuses.
 * Each use has a cache of its own, as each command compiles other functions.
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
  var fresh = [];
  function loadBundle(name) {
    var options = { filename: root + '/code/' + name + '.js' };
    var cache = root + '/compile-cache/'
      + [use, name, process.version, process.arch].join('.') + flagged;
    options.cachedData = readKept(cache);
    var script = new vm.Script(fs.readFileSync(options.filename, 'latin1'), options);
    if (options.cachedData === undefined || script.cachedDataRejected || isOld(cache)) {
      fresh.push({ script: script, cache: cache });
    }
    var module = { exports: {} };
    script.runInThisContext()(module.exports, module, require, loadBundle);
    return module.exports;
  }
  process.once('exit', function (code) { if (code === 0) { fresh.forEach(keep); } });
  function keep(each) {
    var draft = each.cache + '.' + process.pid;
    try {
      makeCacheFolder();
      var code = each.script.createCachedData();
      fs.writeFileSync(draft, Buffer.concat([code, code]), { mode: 384, flush: true });
      fs.renameSync(draft, each.cache);
    } catch (error) {
      try { fs.unlinkSync(draft); } catch (gone) {}
    }
  }
  // Not with the folders above: docket uninstall --all has removed them.
  function makeCacheFolder() {
    try { fs.mkdirSync(root + '/compile-cache', { mode: 448 }); } catch (error) {
      if (error.code !== 'EEXIST') { throw error; }
    }
  }
  // V8 runs what it is given, and crashes when the disk has lost a part of it. Kept twice and
  // compared: a checksum would cost more than all of this saves.
  function readKept(cache) {
    var bytes;
    try { bytes = fs.readFileSync(cache); } catch (error) { return undefined; }
    var code = bytes.subarray(0, bytes.length / 2);
    return code.equals(bytes.subarray(bytes.length / 2)) ? code : undefined;
  }
  // The first run may have had little to do: what others compile since is added once a day.
  function isOld(cache) {
    return fs.statSync(cache).mtimeMs < Date.now() - 86400000;
  }
  loadBundle('${bundle}');
})();
`;
}
