import { DocketError } from '../../lib/model/errors.ts';
import { overview } from '../../lib/operations/overview.ts';
import { renderOverview } from '../../lib/render/figures/overview.ts';
import type { Command } from '../command/command.ts';
import { operationCommand } from '../command/operation-command.ts';
import { watchFlag } from '../flags/shared.ts';
import { isUtf8 } from '../terminal/is-utf8.ts';

const ofList = operationCommand({
  operation: overview,
  usage: '[--watch]',
  args: { min: 0, max: 0 },
  flags: watchFlag,
  examples: ['docket overview', 'docket', 'docket --watch', 'docket overview --json'],
  input: () => ({}),
  text: (answer, { session, io: { style, env } }) =>
    renderOverview(answer, { session, style, ascii: style.width === undefined || !isUtf8(env) }),
});

export const command: Command = {
  ...ofList,
  run: (input) =>
    ofList.run(input).catch((error: unknown) => {
      throw forNewcomers(error);
    }),
};

/** Who types `docket` alone where no list is may not know any command. */
function forNewcomers(error: unknown): unknown {
  if (!(error instanceof DocketError) || error.code !== 'not_initialised') return error;
  return new DocketError(error.code, error.message, {
    hint: 'docket init makes a list here; docket --help lists the commands',
    cause: error,
  });
}
