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
  var fresh = [];
  function loadBundle(name) {
    var options = { filename: root + '/code/' + name + '.js' };
    var cache = root + '/compile-cache/'
      + [use, name, process.version, process.arch].join('.');
    try { options.cachedData = readTwin(fs.readFileSync(cache)); } catch (error) {}
    var script = new vm.Script(fs.readFileSync(options.filename, 'latin1'), options);
    if (script.cachedDataRejected !== false) { fresh.push([script, cache]); }
    var module = { exports: {} };
    script.runInThisContext()(module.exports, module, require, loadBundle, keepCompiled);
    return module.exports;
  }
  // Called by a run that did all there is to do: what others would compile, it has.
  function keepCompiled() {
    if (fresh.length > 0) { process.once('exit', function () { fresh.forEach(keep); }); }
  }
  function keep(compiled) {
    var draft = compiled[1] + '.' + process.pid;
    try {
      fs.mkdirSync(root + '/compile-cache', { recursive: true, mode: 448 });
      var data = compiled[0].createCachedData();
      fs.writeFileSync(draft, Buffer.concat([data, data]), { mode: 384, flush: true });
      fs.renameSync(draft, compiled[1]);
    } catch (error) {}
  }
  // V8 runs what it is given, and crashes when the disk has lost a part of it. Kept twice and
  // compared: a checksum would cost more than all of this saves.
  function readTwin(bytes) {
    var data = bytes.subarray(0, bytes.length / 2);
    return data.equals(bytes.subarray(bytes.length / 2)) ? data : undefined;
  }
  loadBundle('${bundle}');
})();
`;
}
