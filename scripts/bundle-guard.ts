/**
 * Renders the first lines of every bundle, in the syntax of old versions of Node.js: the launcher
 * does not start a Node.js to ask for its version, so the bundle checks it itself.
 */

const tooOld = `var v = process.versions.node.split('.');
if (!(+v[0] > 22 || (+v[0] === 22 && +v[1] >= 13)))`;

const hookRefusal = `{
  (function () {
    var event = require('path').basename(__filename, '.cjs');
    var answer;
    if (event === 'permission-request') {
      answer = { hookSpecificOutput: {
        hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } } };
    } else if (event === 'session-start') {
      var input = '';
      try { input = require('fs').readFileSync(0, 'utf8'); } catch (error) {}
      if (/"source":\\s*"startup"/.test(input)) {
        answer = { systemMessage: 'docket needs Node.js 22.13 or newer and finds '
          + process.versions.node + '. Run its ./scripts/setup again; until then Claude Code\\'s '
          + 'own task tools work.' };
      }
    }
    if (answer) { require('fs').writeSync(1, JSON.stringify(answer)); }
  })();
  process.exit(0);
}`;

const cliRefusal = `{
  require('fs').writeSync(2, 'docket needs Node.js 22.13 or newer and was started with '
    + process.versions.node + '. Run its ./scripts/setup again.\\n');
  process.exit(1);
}`;

/** Refuses an old Node.js: a hook gives way to the built-in tools, the CLI says what to do. */
export function oldNodeGuard(kind: 'hook' | 'cli'): string {
  return `'use strict';\n${tooOld} ${kind === 'hook' ? hookRefusal : cliRefusal}`;
}
