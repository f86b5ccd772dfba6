import { DocketError } from '../../lib/model/errors.ts';
import { insightOperations as operations } from '../../lib/operations/insight.ts';
import {
  renderInsight,
  renderInsightDone,
  renderInsights,
} from '../../lib/render/registry/insights.ts';
import type { Flags, Noun } from '../command/command.ts';
import { operationCommand } from '../command/operation-command.ts';
import { givenFlags, withLimit } from '../flags/given.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

const one = { min: 1, max: 1 };
const words = { fields: { text: 'insight:' } };
const aboutFlags = {
  client: { type: 'string', value: 'NAME', description: 'about this client' },
  project: { type: 'string', value: 'NAME', description: 'about this project' },
  infra: { type: 'string', value: 'NAME', description: 'about this infrastructure' },
} as const satisfies Flags;

const add = operationCommand({
  operation: operations.add,
  usage: '[TEXT] --client NAME | --project NAME | --infra NAME',
  args: { min: 0, max: 1 },
  flags: aboutFlags,
  examples: ["docket insight add 'Its clock drifts: check NTP first' --infra nas-1"],
  async input({ args: [argument], flags, io }) {
    const about = readAbout(flags);
    if (about === undefined) {
      throw new DocketError('usage', 'an insight is about a client, a project or infrastructure', {
        hint: '--client NAME, --project NAME or --infra NAME',
      });
    }
    return { ...about, text: await readTextOrStdin(argument, { io, what: 'insight' }) };
  },
  words,
  text: ({ insight }) => renderInsightDone('Kept', insight),
});

const listFlags = {
  ...aboutFlags,
  task: { type: 'string', value: 'KEY', description: 'what who works at this task is told' },
  all: { type: 'boolean', description: 'archived ones too' },
  ...limitFlag,
} as const satisfies Flags;

const list = operationCommand({
  operation: operations.list,
  usage: '[--client NAME | --project NAME | --infra NAME | --task KEY] [--all]',
  args: { min: 0, max: 0 },
  flags: listFlags,
  examples: ["docket insight list --client 'Acme Corp'", 'docket insight list --task web-k3f9'],
  input({ flags }) {
    const of = readAbout(flags);
    const { task, all } = flags;
    if (task !== undefined && (of !== undefined || all)) {
      throw new DocketError('usage', '--task says by itself whom and what it is about');
    }
    return { of, task, archived: all, limit: readLimit(flags) };
  },
  text: (answer, { flags, io }) =>
    renderInsights(answer, {
      style: io.style,
      more: withLimit(`docket insight list${givenFlags(listFlags, flags)}`, answer.total),
    }),
});

const show = operationCommand({
  operation: operations.show,
  usage: 'ID',
  args: one,
  flags: {},
  examples: ['docket insight show 019abc12-3456'],
  input: ({ args: [id = ''] }) => ({ id }),
  text: ({ insight }, { io }) => renderInsight(insight, io.style),
});

const update = operationCommand({
  operation: operations.update,
  usage: 'ID [TEXT]',
  args: { min: 1, max: 2 },
  flags: {},
  examples: ["docket insight update 019abc12-3456 'Its clock drifts by 2 s a day'"],
  input: async ({ args: [id = '', argument], io }) => ({
    id,
    text: await readTextOrStdin(argument, { io, what: 'insight' }),
  }),
  words,
  text: ({ insight }) => renderInsightDone('Updated', insight),
});

const archive = operationCommand({
  operation: operations.archive,
  usage: 'ID [--restore]',
  args: one,
  flags: { restore: { type: 'boolean', description: 'tell it again' } },
  examples: ['docket insight archive 019abc12-3456'],
  input: ({ args: [id = ''], flags: { restore } }) => ({ id, restore }),
  text: ({ insight }, { flags: { restore } }) =>
    renderInsightDone(restore ? 'Restored' : 'Archived', insight),
});

export const command: Noun = {
  summary: 'Insights: lasting facts that the next agent is told',
  verbs: { add, list, show, update, archive },
};

/** Reads the one entry that the flags name. @throws DocketError `usage` for more than one. */
function readAbout({
  client,
  project,
  infra,
}: Readonly<Record<keyof typeof aboutFlags, string | undefined>>) {
  const named = { client, project, infrastructure: infra } as const;
  const entries = (['client', 'project', 'infrastructure'] as const).flatMap((about) => {
    const name = named[about];
    return name === undefined ? [] : [{ about, name }];
  });
  if (entries.length > 1) {
    throw new DocketError('usage', 'only one of --client, --project and --infra');
  }
  return entries[0];
}
