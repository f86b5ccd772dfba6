import { expect, test } from 'vitest';
import { findVerbs } from '../../lib/model/shell-detours.ts';

test.for([
  "bash -c 'docket close K'",
  'sh -c "cd . && docket --json close K"',
  '/bin/sh -c "exec docket close K"',
  'eval docket close K',
  'echo K | xargs docket close',
  'echo K | xargs -I{} docket close {}',
  'find . -exec docket close K \\;',
  '~/.local/bin/docket close K',
  '"$HOME/.local/bin/docket" close K',
  './docket.cjs close K',
  'node /opt/docket/docket.cjs close K',
  'npx docket close K',
  'npx --yes docket close K',
  'npm exec -- docket close K',
  'sudo -u alice docket close K',
  '\\docket close K; "docket" close K',
  'docket "close" K',
  "docket cl'os'e K",
  'docket --json close K',
  '$(command -v docket) close K',
  '`which docket` close K',
  'D=docket; $D close K',
  '$DOCKET close K # docket',
  "bash <<'EOF'\ndocket close K\nEOF",
  "echo 'docket close K' | sh",
  "env -S 'docket close K'",
  `python3 -c "import subprocess; subprocess.run(['docket', 'close', 'K'])"`,
  `node -e "require('child_process').execFileSync('docket', ['close', 'K'])"`.replace(', [', ' '),
  'true && (cd x; timeout 5 /x/docket close K)',
])('finds the verb of %s', (text) => {
  expect(findVerbs(text, 'docket')).toContain('close');
});

test.for([
  "echo 'docket close K'",
  "grep -rn 'docket close' docs | head",
  'git commit -m "docket close K"',
  "docket note K 'docket close K comes later'",
  'docket note K "$(cat <<\'EOF\'\ndocket close K\nEOF\n)"',
  'ls ~/docket; cat docket.json',
  'rg docket lib/close.ts',
  "bash -c 'docket show K'",
  'npx vitest run test/docket.test.ts',
  'bash -c "cd docket && close-it"',
])('finds no verb that changes a task in %s', (text) => {
  expect(findVerbs(text, 'docket')).not.toContain('close');
});

test('a text that is made to be hard takes no time', () => {
  const start = performance.now();
  for (const piece of [
    'docket "--a="',
    'docket --a=',
    '$docket ',
    "bash -c 'docket ",
    'docket\\ ',
  ]) {
    findVerbs(`bash; ${piece.repeat(5_000)}`, 'docket');
    findVerbs(`bash; docket ${piece.slice(6).repeat(5_000)}`, 'docket');
  }
  expect(performance.now() - start).toBeLessThan(20_000);
});
