import type { InsightView } from '../../lib/model/answers/insight.ts';
import { DocketError } from '../../lib/model/errors.ts';
import {
  renderInsight,
  renderInsightDone,
  renderInsights,
} from '../../lib/render/registry/insights.ts';
import { insightsFor } from '../../lib/tracker/insights/insights.ts';
import {
  type AboutName,
  addInsight,
  archiveInsight,
  changeInsight,
  listAllInsights,
  showInsight,
} from '../../lib/tracker/insights/verbs.ts';
import type { Noun } from '../command/command.ts';
import {
  type CommandAnswer,
  defineCommand,
  type Flags,
  type FlagValues,
} from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

const one = { min: 1, max: 1 };
const aboutFlags = {
  client: { type: 'string', value: 'NAME', description: 'about this client' },
  project: { type: 'string', value: 'NAME', description: 'about this project' },
  infra: { type: 'string', value: 'NAME', description: 'about this infrastructure' },
} as const satisfies Flags;

const add = defineCommand({
  summary: 'Keep a lasting fact about a client, a project or infrastructure',
  usage: '[TEXT] --client NAME | --project NAME | --infra NAME',
  args: { min: 0, max: 1 },
  flags: aboutFlags,
  examples: ["docket insight add 'Its clock drifts: check NTP first' --infra nas-1"],
  async run({ args: [argument], flags, io }) {
    const about = readAbout(flags);
    if (about === undefined) {
      throw new DocketError('usage', 'an insight is about a client, a project or infrastructure', {
        hint: '--client NAME, --project NAME or --infra NAME',
      });
    }
    const text = readTextOrStdin(argument, { io, what: 'insight' });
    return withScope({ flags, io }, async ({ scope }) =>
      answer('Kept', await addInsight(scope, text, about)),
    );
  },
});

const list = defineCommand({
  summary: 'What is known, newest first',
  usage: '[--client NAME | --project NAME | --infra NAME | --task KEY] [--all]',
  args: { min: 0, max: 0 },
  flags: {
    ...aboutFlags,
    task: { type: 'string', value: 'KEY', description: 'what who works at this task is told' },
    all: { type: 'boolean', description: 'archived ones too' },
    ...limitFlag,
  },
  examples: ["docket insight list --client 'Acme Corp'", 'docket insight list --task web-k3f9'],
  async run({ flags, io }) {
    const about = readAbout(flags);
    const { task, all: withArchived } = flags;
    if (task !== undefined && (about !== undefined || withArchived)) {
      throw new DocketError('usage', '--task says by itself whom and what it is about');
    }
    const limit = readLimit(flags, 50);
    return withScope({ flags, io }, async ({ scope }) => {
      if (task === undefined) {
        const data = await listAllInsights(scope, { about, withArchived, limit });
        return { data, text: renderInsights(data, io.style) };
      }
      const insights = [...(await insightsFor(scope, task))];
      const { length: total } = insights;
      const data = { insights, total, totalLimit: total };
      return { data, text: renderInsights(data, io.style) };
    });
  },
});

const show = defineCommand({
  summary: 'One fact and where it was learnt',
  usage: 'ID',
  args: one,
  flags: {},
  examples: ['docket insight show 019abc12-3456'],
  async run({ args: [id = ''], flags, io }) {
    return withScope({ flags, io }, async ({ scope }) => {
      const insight = await showInsight(scope, id);
      return { data: { insight }, text: renderInsight(insight, io.style) };
    });
  },
});

const update = defineCommand({
  summary: 'Say a fact better',
  usage: 'ID [TEXT]',
  args: { min: 1, max: 2 },
  flags: {},
  examples: ["docket insight update 019abc12-3456 'Its clock drifts by 2 s a day'"],
  async run({ args: [id = '', argument], flags, io }) {
    const text = readTextOrStdin(argument, { io, what: 'insight' });
    return withScope({ flags, io }, async ({ scope }) =>
      answer('Updated', await changeInsight(scope, id, text)),
    );
  },
});

const archive = defineCommand({
  summary: 'Tell it to nobody any more',
  usage: 'ID [--restore]',
  args: one,
  flags: { restore: { type: 'boolean', description: 'tell it again' } },
  examples: ['docket insight archive 019abc12-3456'],
  async run({ args: [id = ''], flags, io }) {
    const isRestored = flags.restore;
    return withScope({ flags, io }, async ({ scope }) =>
      answer(isRestored ? 'Restored' : 'Archived', await archiveInsight(scope, id, { isRestored })),
    );
  },
});

export const command: Noun = {
  summary: 'Insights: lasting facts that the next agent is told',
  verbs: { add, list, show, update, archive },
};

/** @throws DocketError `usage` for more than one. */
function readAbout({
  client,
  project,
  infra,
}: Omit<FlagValues<typeof aboutFlags>, 'database'>): AboutName | undefined {
  const named = { client, project, infrastructure: infra } as const;
  const given = (['client', 'project', 'infrastructure'] as const).flatMap((about) => {
    const name = named[about];
    return name === undefined ? [] : [{ about, name }];
  });
  if (given.length > 1) {
    throw new DocketError('usage', 'only one of --client, --project and --infra');
  }
  return given[0];
}

function answer(verb: string, insight: InsightView): CommandAnswer {
  return { data: { insight }, text: renderInsightDone(verb, insight) };
}
