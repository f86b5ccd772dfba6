import { DocketError } from '../../lib/model/errors.ts';
import { Status } from '../../lib/model/task/task.ts';
import { update } from '../../lib/operations/update.ts';
import { renderUpdate } from '../../lib/render/task/update.ts';
import type { Flags, FlagValues } from '../command/command.ts';
import { operationCommand } from '../command/operation-command.ts';
import { editAbout, editFlag } from '../flags/edit.ts';
import { forceFlag } from '../flags/shared.ts';
import { fieldFlags, fieldWords, readFields } from '../flags/task-fields.ts';
import type { CommandIo } from '../terminal/io.ts';
import { readOptionalText } from '../terminal/read-text.ts';

const flags = {
  title: { type: 'string', value: 'TITLE', description: 'a better title' },
  parent: {
    type: 'string',
    value: 'KEY',
    description: "move it below this task, '' to the top; its key changes",
  },
  ...fieldFlags,
  ...editFlag,
  label: { type: 'string', list: true, value: 'LABEL', description: "a label to add; '' for none" },
  unlabel: { type: 'string', list: true, value: 'LABEL', description: 'a label to take away' },
  claim: { type: 'boolean', description: 'take the task, as docket claim does' },
  status: {
    type: 'string',
    value: 'STATUS',
    choices: Status.options,
    description: 'bring it there by claim, release, unblock, reopen, block, close or cancel',
  },
  reason: {
    type: 'string',
    value: 'TEXT',
    description: 'why it is blocked or cancelled; - for stdin',
  },
  outcome: { type: 'string', value: 'TEXT', description: 'what came of it; - for stdin' },
  steal: { type: 'boolean', description: 'with --claim: from a holder who has gone' },
  ...forceFlag,
} as const satisfies Flags;

const verbs: Readonly<Record<Status, string>> = {
  pending: 'Put back',
  in_progress: 'Claimed',
  blocked: 'Blocked',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

export const command = operationCommand({
  operation: update,
  usage: 'KEY [--claim] [--status STATUS] [--FIELD VALUE]',
  args: { min: 1, max: 1 },
  flags,
  examples: [
    "docket update web-k3f9 --priority 0 --title 'Fix the login loop'",
    'docket update web-k3f9 --edit',
    'docket update web-k3f9 --claim',
    'docket update web-k3f9 --parent web-a3b2',
    "docket update web-k3f9 --status blocked --reason 'Waiting for the vendor'",
    "docket update web-k3f9 --client 'Acme Corp' --billable --billable-minutes 45",
    `docket update web-k3f9 --context '{"root_cause":"the clock is off"}'`,
  ],
  async input({ args: [task = ''], flags: values, io }) {
    const status = wantedStatus(values);
    const { title, parent, steal, force } = values;
    const reason = await readReason(values, { status, io });
    const outcome = await readOptionalText(values.outcome, io);
    const fields = await readFields(values, io);
    const description = values.edit
      ? await editAbout([task], {
          what: 'description',
          text: (found) => fields.description ?? found?.description,
          flags: values,
          io,
        })
      : fields.description;
    return {
      task,
      parent,
      status,
      reason,
      outcome,
      steal,
      force,
      title,
      ...fields,
      description,
      ...readLabels(values),
    };
  },
  words: {
    what: 'task:',
    fields: { ...fieldWords, unlabel: '--unlabel', outcome: '--outcome', reason: '--reason' },
    hint: 'docket update --help',
  },
  text(answer, { flags: values }) {
    const status = wantedStatus(values);
    return renderUpdate(status === undefined ? 'Updated' : verbs[status], answer);
  },
});

function wantedStatus({ claim, status }: FlagValues<typeof flags>): Status | undefined {
  if (!claim) return status === undefined ? undefined : Status.parse(status);
  if (status === undefined || status === 'in_progress') return 'in_progress';
  throw new DocketError('usage', '--claim brings the task in progress, --status elsewhere', {
    hint: 'Give one of the two',
  });
}

/** Reads which labels are added, and which are taken away. */
function readLabels({ label, unlabel }: FlagValues<typeof flags>) {
  const added = label.filter((each) => each !== '');
  const taken = [...unlabel, ...label.filter((each) => each === '')];
  return {
    labels: added.length === 0 ? undefined : added,
    unlabel: taken.length === 0 ? undefined : taken,
  };
}

async function readReason(
  { reason }: FlagValues<typeof flags>,
  { status, io }: { readonly status: Status | undefined; readonly io: CommandIo },
) {
  if (status === 'blocked' && reason === undefined) {
    throw new DocketError('usage', '--status blocked needs --reason', {
      hint: "docket update KEY --status blocked --reason 'what it waits for'",
    });
  }
  if (reason === undefined) return undefined;
  if (status === 'blocked' || status === 'cancelled') {
    return readOptionalText(reason, io);
  }
  throw new DocketError('usage', '--reason goes with --status blocked or cancelled', {
    hint: 'How a block was settled: docket unblock KEY --resolution TEXT',
  });
}
