import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Cell, openEmulator } from './emulator.ts';
import { keysOf, prepare } from './play.ts';
import { type Happening, happenings, plan } from './run-scene.ts';
import { type Person, startSession } from './session.ts';

/** What the terminal shows at a moment, line by line. */
export type Picture = readonly (readonly Cell[])[];

/** Columns and rows of the terminal. */
export const size = { columns: 80, rows: 24 } as const;

/** Milliseconds within which the terminal shows what follows. */
const longest = 60_000;

/**
 * Stands for Claude Code: each agent waits for its answer, by the number of its start. Notes come
 * from the story, over the command that an agent has.
 */
const claude = `#!/bin/sh
case $3 in docket-asks-for-all)
  echo "--agent '$3' not found. Available agents: Explore, general-purpose, coding-agent, code-review-agent" >&2
  exit 1;;
esac
cat > /dev/null
echo "$DOCKET_TASK" >> "$HOME/started"
answer="$HOME/answer-$(wc -l < "$HOME/started" | tr -d ' ')"
until [ -e "$answer" ]; do sleep 0.05; done
cat "$answer"
`;

/** Runs a plan with docket as it is, and gives what its terminal showed after each happening. */
export async function playRun(): Promise<readonly Picture[]> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'docket-recording-')));
  try {
    const person = await prepare(home);
    const bin = join(home, '.local/bin');
    writeFileSync(join(bin, 'claude'), claude);
    chmodSync(join(bin, 'claude'), 0o755);
    const session = startSession(person);
    const [key = ''] = keysOf(session.bash(`docket plan <<'PLAN'\n${plan}\nPLAN`));
    session.end();
    return stablePictures(await playAll(person, key), key);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function playAll(person: Person, key: string): Promise<readonly Picture[]> {
  const { home, project } = person;
  const path = `${join(home, '.local/bin')}:/usr/local/bin:/usr/bin:/bin`;
  const env = { HOME: home, PATH: path, TZ: 'UTC', LANG: 'C.UTF-8', DOCKET_ACTOR: 'alice' };
  const script = `stty cols ${size.columns} rows ${size.rows}; docket run ${key}`;
  const running = spawn('script', ['-qec', script, '/dev/null'], { cwd: project, env });
  const emulator = openEmulator(size.columns);
  emulator.write(`$ docket run ${key}\r\n`);
  running.stdout.setEncoding('utf8').on('data', (text: string) => emulator.write(text));
  const pictures: Picture[] = [emulator.cells()];
  const agent = startSession(person);
  try {
    const reports = happenings.filter(({ report }) => report !== undefined);
    for (const happening of happenings) {
      const { note, report, shows } = happening;
      if (report !== undefined) answer(home, happening, reports.indexOf(happening) + 1);
      if (note !== undefined) agent.bash(`docket note ${key}.${note.step} '${note.text}'`);
      await shown(shows);
      pictures.push(emulator.cells());
    }
    return pictures;
  } finally {
    agent.end();
    running.kill();
  }

  async function shown(text: RegExp): Promise<void> {
    const until = Date.now() + longest;
    while (!text.test(emulator.lines().join('\n'))) {
      if (Date.now() > until) throw new Error(`not shown: ${text}\n${emulator.lines().join('\n')}`);
      await wait(20);
    }
  }
}

/** Lets an agent answer, as Claude Code prints it. */
function answer(home: string, { report, cost }: Happening, number: number): void {
  const end = { type: 'result', subtype: 'success', is_error: false, total_cost_usd: cost };
  const file = join(home, `answer-${number}`);
  writeFileSync(`${file}.new`, JSON.stringify({ ...end, structured_output: report }));
  renameSync(`${file}.new`, file);
}

/** Gives the key, which is another one each time, and times fixed ones. */
function stablePictures(pictures: readonly Picture[], key: string): readonly Picture[] {
  return pictures.map((picture) =>
    picture.map((cells) => {
      const text = cells.map(({ sign }) => sign).join('');
      const stable = text
        .replaceAll(key, 'web-a3b2')
        // On a slow machine a minute has gone by.
        .replace(/(?:under )?\b\d+ min\b/g, 'under 1 min');
      return [...stable].map((sign, at) => ({ sign, colour: cells[at]?.colour ?? '' }));
    }),
  );
}
