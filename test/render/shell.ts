import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What one run of a fake `docket` was given. */
export interface Call {
  readonly argv: readonly string[];
  readonly stdin: string;
}

/**
 * A folder in which text runs as a real shell runs it, with a `docket` that prints what it was
 * given. PATH has nothing else, so that whatever else a text starts is an error.
 */
export function createShell(): (script: string) => readonly Call[] {
  const folder = mkdtempSync(join(tmpdir(), 'docket-shell-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const bin = join(folder, 'bin');
  const work = join(folder, 'work');
  for (const each of [bin, work]) mkdirSync(each);
  const fake = join(bin, 'docket');
  // Fields end with NUL, which no argument can hold; the call ends with one more.
  writeFileSync(
    fake,
    '#!/bin/sh\nprintf \'%s\\0\' "$#" "$@"\nwhile IFS= read -r line; do printf \'%s\\n\' "$line"; done\nprintf \'\\0\'\n',
  );
  chmodSync(fake, 0o755);
  return (script) => {
    const result = spawnSync('/bin/sh', ['-c', script], {
      cwd: work,
      env: { PATH: bin, HOME: work },
      input: '',
      encoding: 'utf8',
    });
    const left = readdirSync(work);
    if (result.status !== 0 || result.stderr !== '' || left.length > 0) {
      throw new Error(`${script}\nended with ${result.status}: ${result.stderr}${left.join()}`);
    }
    return readCalls(result.stdout);
  };
}

function readCalls(output: string): readonly Call[] {
  const fields = output.split('\0');
  const calls: Call[] = [];
  for (let at = 0; at < fields.length - 1; ) {
    const count = Number(fields[at]);
    const argv = fields.slice(at + 1, at + 1 + count);
    calls.push({ argv, stdin: fields[at + 1 + count] ?? '' });
    at += count + 2;
  }
  return calls;
}
