import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { printOffers } from '../../../cli/completion/complete.ts';
import { type Shell, scripts, shells } from '../../../cli/completion/scripts.ts';
import type { Offered } from '../../../lib/tracker/reads/offered.ts';
import { openCliHarness } from '../cli-harness.ts';

function isThere(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** A home with a shell's script, and a `docket` that offers what it is told to and notes its calls. */
function openShell(shell: Shell) {
  const home = mkdtempSync(join(tmpdir(), 'docket-shell-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 10 }));
  const [bin, offers, calls, asked] = ['bin', 'offers', 'calls', 'asked'].map((name) =>
    join(home, name),
  ) as [string, string, string, string];
  mkdirSync(bin);
  const docket = join(bin, 'docket');
  writeFileSync(
    docket,
    `#!/bin/sh
if [ "$1" = __complete ]; then printf '<%s>' "$@" >> '${asked}'; cat '${offers}'
else printf '<%s>' "$@" >> '${calls}'; fi\n`,
  );
  chmodSync(docket, 0o755);
  const script = join(home, 'script');
  writeFileSync(script, `${scripts[shell]}\n`);
  const env = { HOME: home, PATH: `${bin}:${process.env.PATH}`, TERM: 'xterm', LANG: 'C.UTF-8' };
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

  function spawn(command: string, args: readonly string[], input = ''): string {
    rmSync(calls, { force: true });
    rmSync(asked, { force: true });
    const { stdout, error } = spawnSync(command, args, {
      env,
      input,
      cwd: home,
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (error !== undefined) throw error;
    return stdout;
  }

  return {
    home,
    script,
    spawn,
    offer: (list: readonly Offered[]) => writeFileSync(offers, `${printOffers(list)}\n`),
    /** How `docket` was called by what was typed. */
    calls: () => read(calls),
    asked: () => read(asked),
    /** Types keys into the shell at a terminal, and gives what that shows. */
    type: (start: string, keys: string) =>
      spawn('script', ['-qec', start, '/dev/null'], `${keys}\nexit\n`),
  };
}

/** Titles that a shell would obey if it read them. */
const hostile = (canary: string) => [
  `$(touch ${canary})`,
  `\`touch ${canary}\``,
  `'; touch ${canary}; '`,
  `"; touch ${canary}; "`,
  `a:b:c \\: %F{red}%n \\$(touch ${canary})`,
  `x'\n$(touch ${canary})\ny`,
  '-n * ~ ! !! {a,b} \u001b[31m \\t\\n',
];

const bash = (script: string) => `bash --noprofile --rcfile '${script}' -i`;

test.runIf(isThere('bash'))('bash takes names as words, whatever titles say', () => {
  const shell = openShell('bash');
  const canary = join(shell.home, 'canary');
  const names = ['web-k3f9', 'web-k3f9.2', 'web-9zk2'];
  const check = (titles: readonly string[]) => {
    shell.offer(titles.map((text, index) => ({ name: names[index] ?? `web-${index}aa`, text })));
    const found = shell.spawn('bash', [
      '--norc',
      '-c',
      `. '${shell.script}'; COMP_WORDS=(docket show '$(touch ${canary})' ''); COMP_CWORD=3; _docket
       printf '%s\\n' "\${COMPREPLY[@]}"`,
    ]);
    expect(found.trim().split('\n')).toEqual(
      titles.map((_, index) => names[index] ?? `web-${index}aa`),
    );
    expect(shell.asked()).toBe(`<__complete><bash><--><show><$(touch ${canary})><>`);
    expect(existsSync(canary)).toBe(false);
  };
  check(hostile(canary));
  const title = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(fc.property(fc.array(title, { minLength: 1, maxLength: 8 }), check), { numRuns: 25 });
});

test.runIf(isThere('bash') && isThere('script'))('at a terminal bash completes a key', () => {
  const shell = openShell('bash');
  const canary = join(shell.home, 'canary');
  shell.offer([{ name: 'web-k3f9', text: `$(touch ${canary})` }]);
  shell.type(bash(shell.script), 'docket show web-k\t');
  expect(shell.calls()).toBe('<show><web-k3f9>');
  expect(shell.asked()).toBe('<__complete><bash><--><show><web-k>');
  shell.offer([{ name: 'pending', text: '' }]);
  shell.type(bash(shell.script), 'docket list --status=pen\t');
  expect(shell.calls()).toBe('<list><--status=pending>');
  expect(existsSync(canary)).toBe(false);
});

test.runIf(isThere('fish'))('fish shows titles beside names, and obeys none', () => {
  const shell = openShell('fish');
  const canary = join(shell.home, 'canary');
  const offers = hostile(canary).map((text, index) => ({ name: `web-${index}aaa`, text }));
  shell.offer([...offers, { name: 'web-zzzz', text: 'Fix the login' }]);
  const found = shell.spawn('fish', [
    '--no-config',
    '-c',
    `source '${shell.script}'; complete -C "docket show '\\$(touch ${canary})' "`,
  ]);
  const lines = found.trim().split('\n');
  expect(lines.map((line) => line.split('\t')[0])).toEqual([
    ...offers.map(({ name }) => name),
    'web-zzzz',
  ]);
  expect(lines.at(-1)).toBe('web-zzzz\tFix the login');
  expect(lines[0]).toContain(`$(touch ${canary})`);
  expect(existsSync(canary)).toBe(false);
});

test.runIf(isThere('zsh') && isThere('script'))(
  'zsh completes keys with titles, and obeys none',
  () => {
    const shell = openShell('zsh');
    const canary = join(shell.home, 'canary');
    writeFileSync(
      join(shell.home, '.zshrc'),
      `PS1='$ '; autoload -Uz compinit; compinit -u -D; . '${shell.script}'\n`,
    );
    shell.offer([{ name: 'web-k3f9', text: `$(touch ${canary})` }]);
    shell.type('zsh -i', 'docket show web-k\t');
    expect(shell.calls()).toBe('<show><web-k3f9>');
    const offers = hostile(canary).map((text, index) => ({ name: `web-${index}aaa`, text }));
    shell.offer([...offers, { name: 'web-zzzz', text: 'Fix 100%B the login' }]);
    const shown = shell.type('zsh -i', 'docket show web-\t\t');
    expect(shown).toContain('web-zzzz  Fix 100%B the login');
    expect(existsSync(canary)).toBe(false);
  },
);

test.for(shells)('docket completion %s prints the script of that shell', async (shell) => {
  const harness = openCliHarness();
  expect(await harness.text('completion', shell)).toBe(scripts[shell]);
  const { script } = openShell(shell);
  const { stderr } = spawnSync(shell, ['-n', script], { encoding: 'utf8' });
  expect(stderr ?? '').toBe('');
});

test('an unknown shell is a usage error that names the known ones', async () => {
  expect(await openCliHarness().error('completion', 'tcsh')).toMatchObject({
    code: 'usage',
    hint: 'One of: bash, zsh, fish',
    exitCode: 2,
  });
});
