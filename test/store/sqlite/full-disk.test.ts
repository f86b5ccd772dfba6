import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fillSecondSchema } from './second-schema.ts';
import {
  built,
  makePerson,
  type Person,
  personsWorkspace,
  start,
  useBuiltDocket,
} from './trouble-person.ts';

useBuiltDocket();

/** Mounts need root, or the right to have namespaces of one's own. */
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

/** Runs a script in which `$DISK` is a small disk and `docket` the command. */
function onSmallDisk(person: Person, script: string) {
  const whole = `set -e
    mount -t tmpfs -o size=1200k none "$DISK"
    docket() { "$NODE" "$DOCKET" "$@"; }
    prompt() { echo '{"session_id":"session-'"$1"'","prompt":"x"}' | "$NODE" "$HOOK"; }
    fill() { cat /dev/zero > "$DISK/zeros" 2>/dev/null || true; }
    attempt() { set +e; "$@"; echo "exit $?"; set -e; }
    ${script}`;
  const env = {
    ...person.env,
    CLAUDE_PROJECT_DIR: person.folder,
    DISK: person.disk,
    NODE: process.execPath,
    DOCKET: built('docket.cjs'),
    HOOK: built('hooks/user-prompt-submit.cjs'),
  };
  const { stdout, stderr } = start({ ...person, env }, ['unshare', '-rm', 'sh', '-c', whole]);
  return { stdout, stderr };
}

describe.skipIf(!canMount)('a full disk', () => {
  test('is said to be full, is read by commands and prompts, and loses nothing', () => {
    const person = makePerson();
    const { stdout, stderr } = onSmallDisk(
      person,
      `docket create 'Wire the valve' >/dev/null
      fill
      attempt docket list
      attempt prompt c
      attempt docket create Another
      attempt docket doctor
      rm "$DISK/zeros"
      attempt docket create 'After it'
      docket list`,
    );
    const full = `the disk is full, so nothing can be written to ${person.database}`;
    const [list = '', said = '', create = '', doctor = '', after = ''] = stdout.split(/exit \d+\n/);
    expect(list).toContain('Wire the valve');
    expect(said).toContain('Wire the valve');
    expect(said).not.toContain('systemMessage');
    expect(create).toBe('');
    expect(stderr).toContain(
      `docket: ${full}\n  Free some space: df -h '${dirname(person.database)}'`,
    );
    expect(doctor).toContain(`can be read and not written: ${full}`);
    expect(after).toContain('After it');
    expect(stdout.match(/exit \d+/g)).toEqual(['exit 0', 'exit 0', 'exit 69', 'exit 1', 'exit 0']);
    const [last = ''] = stdout.split('exit 0\n').slice(-1);
    expect(last).toContain('Wire the valve');
    expect(last).toContain('After it');
  });

  test('is said by doctor to be full while there is room in the log', () => {
    const person = makePerson();
    const { stdout } = onSmallDisk(
      person,
      `docket create 'Wire the valve' >/dev/null
      mkfifo "$DISK/fifo"
      "$NODE" -e '
        const { DatabaseSync } = require("node:sqlite");
        const held = new DatabaseSync(process.argv[1]);
        held.exec("SELECT * FROM tasks");
        require("node:fs").readFileSync(process.argv[2]);
      ' "$DISK/docket/docket.db" "$DISK/fifo" 2>/dev/null &
      while [ ! -e "$DISK/docket/docket.db-shm" ]; do sleep 0.05; done
      docket create Another >/dev/null
      docket create 'A third' >/dev/null
      fill
      attempt docket doctor
      : > "$DISK/fifo"
      wait`,
    );
    expect(stdout).toContain(
      `can be read and not written: the disk is full, so nothing can be written to ${person.database}`,
    );
  });

  test('is said to be full while another process has the file open', () => {
    const person = makePerson();
    const { stdout, stderr } = onSmallDisk(
      person,
      `docket create 'Wire the valve' >/dev/null
      mkfifo "$DISK/fifo"
      "$NODE" -e '
        const { DatabaseSync } = require("node:sqlite");
        const held = new DatabaseSync(process.argv[1]);
        held.exec("BEGIN; SELECT * FROM tasks");
        require("node:fs").readFileSync(process.argv[2]);
      ' "$DISK/docket/docket.db" "$DISK/fifo" 2>/dev/null &
      while [ ! -e "$DISK/docket/docket.db-shm" ]; do sleep 0.05; done
      sleep 0.2
      fill
      attempt docket list
      head -c 60000 /dev/zero | tr '\\0' x > "$HOME/text"
      attempt docket create Another --description - < "$HOME/text"
      : > "$DISK/fifo"
      wait`,
    );
    expect(stdout).toMatch(/Wire the valve.*\nexit 0\nexit 69\n/);
    expect(stderr).toContain(`the disk is full, so nothing can be written to ${person.database}`);
  });

  test('keeps a list from being migrated without a copy, and loses nothing of it', () => {
    const person = makePerson();
    const old = join(person.folder, 'old.db');
    fillSecondSchema(old, personsWorkspace.id).close();
    const { stdout, stderr } = onSmallDisk(
      person,
      `mkdir -p "$DISK/docket"
      cp "${old}" "$DISK/docket/docket.db"
      fill
      attempt docket list
      ls "$DISK/docket" | grep -c schema || true
      rm "$DISK/zeros"
      attempt docket list
      ls "$DISK/docket"`,
    );
    expect(stderr).toMatch(/is not migrated|the disk is full/);
    expect(stdout).toMatch(/^exit 69\n0\n(?:web-[ab] .* Old .*\n){2}exit 0\n/);
    expect(stdout).toContain('docket.db.schema-2\n');
    expect(stderr).toContain('a copy from before is');
  });

  test('keeps a database, settings and state from being half written', () => {
    const person = makePerson();
    const state = join(person.disk, 'state');
    const { stdout, stderr } = onSmallDisk(
      { ...person, env: { ...person.env, XDG_STATE_HOME: state } },
      `fill
      attempt docket init "${person.folder}"
      attempt prompt c
      rm "$DISK/zeros"
      docket create One >/dev/null
      prompt c >/dev/null
      fill
      attempt prompt d
      rm "$DISK/zeros"
      find "$DISK" -name '*.json.*' -o -name '*.draft'
      cat "$DISK"/state/docket/snapshots/* | "$NODE" -e 'JSON.parse(require("fs").readFileSync(0))'`,
    );
    expect(stderr).toMatch(/^docket: .*the disk is full/);
    expect(stdout).toMatch(/^exit 69\nexit 0\n/);
    expect(stdout.trimEnd()).toMatch(/exit 0$/);
    expect(readdirSync(join(person.folder, '.claude'))).toEqual(['docket.json']);
  });
});

test.skipIf(!canMount)('a read-only mount is read, and named to who would write', () => {
  const person = makePerson();
  const { stdout, stderr } = onSmallDisk(
    person,
    `docket create 'Wire the valve' >/dev/null
    mount -o remount,ro "$DISK"
    attempt docket list
    attempt prompt c
    attempt docket create Another
    attempt docket doctor`,
  );
  expect(stdout.match(/exit \d+/g)).toEqual(['exit 0', 'exit 0', 'exit 69', 'exit 1']);
  expect(stdout.match(/Wire the valve/g)?.length).toBeGreaterThanOrEqual(2);
  expect(stderr).toContain(`docket: ${person.database} lies on a read-only file system`);
});
