import { findContext } from '../../lib/access/find-context.ts';
import { databaseUrl } from '../../lib/config/database.ts';
import { planConnection } from '../../lib/config/resolve.ts';
import { phases } from '../../lib/install/phases/all.ts';
import { verify as runAll } from '../../lib/install/verbs/verify.ts';
import type { PhaseResult } from '../../lib/model/answers/verify.ts';
import { type Connection, isLocalFile } from '../../lib/model/connection.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { shellWord } from '../../lib/model/shell-word.ts';
import { verify } from '../../lib/operations/set-up.ts';
import {
  renderPhase,
  renderRunning,
  renderVerification,
  renderVerifying,
  widthOf,
} from '../../lib/render/figures/verification.ts';
import { safeOutput } from '../../lib/render/text/safe-text.ts';
import { defineCommand } from '../command/command.ts';
import type { CommandIo } from '../terminal/io.ts';
import { openScreen } from '../terminal/screen.ts';

export const command = defineCommand({
  verb: verify,
  usage: '[--database URL] [--second URL [--second-password -]]',
  args: { min: 0, max: 0 },
  flags: {
    second: {
      type: 'string',
      value: 'URL',
      description: 'the same database as another user, who is the second one of phase 8',
    },
    'second-password': {
      type: 'string',
      value: '-',
      description: "that user's password comes on standard input",
    },
  },
  document: {
    title: 'Exit code',
    fields: {
      '0': 'all phases passed',
      '1': 'one has not, or the list of the verification could not be removed',
      '130': 'it was stopped',
    },
  },
  examples: [
    'docket verify',
    'docket verify --database mysql://alice@db.example.com:3306/docket',
    'docket verify --second mysql://bob@db.example.com:3306/docket --second-password - < FILE',
  ],
  async run({ flags, io }) {
    const { env } = io;
    const context = findContext({ ...io, database: flags.database });
    const connection = planConnection(context, env);
    const url = databaseUrl(context.database);
    const second = await secondLogin({ flags, io, url });
    const named = {
      database: url,
      user: userOf(connection),
      secondUser: second === undefined ? null : userOf(second),
    };
    const signal = io.interruption?.() ?? new AbortController().signal;
    const display = await showPhases(io, (style) => renderVerifying(named, style));
    try {
      const { onStart, onEnd } = display.watch;
      // What the project names is another database than the one that was asked for.
      const wayOn = (result: PhaseResult): PhaseResult =>
        result.next === 'docket doctor' && flags.database !== undefined
          ? { ...result, next: `docket doctor --database ${shellWord(url)}` }
          : result;
      const watch = { onStart, onEnd: (result: PhaseResult) => onEnd(wayOn(result)) };
      const found = await runAll({ env, connection, second, url, signal, ...watch });
      const results = found.phases.map(wayOn);
      const passed = found.phases.filter(({ status }) => status === 'passed').length;
      const total = found.phases.length;
      const data = { ...named, passed, total, stopped: signal.aborted, ...found };
      const answer = { ...data, phases: results, leftOver: [...found.leftOver] };
      const isWell = passed === total && found.notRemoved === undefined;
      return {
        data: answer,
        text: renderVerification(answer, io.style).join('\n'),
        exitCode: signal.aborted ? 130 : isWell ? 0 : 1,
      };
    } finally {
      display.close();
    }
  },
});

function userOf(connection: Connection): string | null {
  return isLocalFile(connection) ? null : connection.user;
}

interface SecondInput {
  readonly flags: {
    readonly second: string | undefined;
    readonly 'second-password': string | undefined;
  };
  readonly io: CommandIo;
  readonly url: string;
}

/** Finds how the second user logs in. @throws DocketError `usage`, `not_trusted` */
async function secondLogin({ flags, io, url }: SecondInput): Promise<Connection | undefined> {
  const { second, 'second-password': password } = flags;
  if (password !== undefined && (second === undefined || password !== '-')) {
    throw new DocketError('usage', 'a password is that of --second, from standard input alone', {
      hint: 'docket verify --second URL --second-password - < FILE',
    });
  }
  if (second === undefined) return undefined;
  // Whose variables are set is the first user.
  const { DOCKET_USER: _, DOCKET_PASSWORD: __, ...env } = io.env;
  const context = findContext({ ...io, env, database: second });
  if (databaseUrl(context.database) !== url || isLocalFile(context.database)) {
    throw new DocketError('usage', `--second is another user of ${url}`, {
      hint: `--second ${url.replace('//', '//USER@')}`,
    });
  }
  const connection = planConnection(context, env);
  if (isLocalFile(connection)) return connection;
  if (password === undefined) {
    if (connection.password === '') {
      io.progress(
        `no password of ${connection.user} is known here: --second-password - takes it from standard input`,
      );
    }
    return connection;
  }
  return { ...connection, password: (await io.readStdin()).replace(/\r?\n$/, '') };
}

interface PhaseDisplay {
  readonly watch: Pick<Parameters<typeof runAll>[0], 'onStart' | 'onEnd'>;
  close(): void;
}

/** Shows phases as they come to their end, on a terminal. */
async function showPhases(
  io: CommandIo,
  head: (style: CommandIo['style']) => string,
): Promise<PhaseDisplay> {
  const terminal = await io.live?.();
  if (terminal === undefined) return { watch: { onStart() {}, onEnd() {} }, close() {} };
  const screen = openScreen(terminal, { takesKeys: false, rest: (left) => `+${left} more lines` });
  const style = { width: terminal.columns - 1, colour: !io.env.NO_COLOR };
  const width = widthOf(phases);
  const done: PhaseResult[] = [];
  const show = (last: readonly string[]) => {
    const lines = done.flatMap((result) => renderPhase(result, { style, width }));
    screen.show([head(style), ...lines, ...last].map((line) => safeOutput(line, style)));
  };
  return {
    watch: {
      onStart: ({ title }, number) => show([renderRunning({ title, number }, style)]),
      onEnd: (result) => {
        done.push(result);
        show([]);
      },
    },
    close: () => screen.close(),
  };
}
