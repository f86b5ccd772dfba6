import { taskTypes } from '../../lib/model/task/types.ts';
import { stats } from '../../lib/operations/stats.ts';
import { renderStats } from '../../lib/render/figures/stats.ts';
import { operationCommand } from '../command/operation-command.ts';
import { filterFlags } from '../flags/filters.ts';
import { readNumber } from '../flags/shared.ts';
import { isUtf8 } from '../terminal/is-utf8.ts';

/** The columns of the longest bar, and of the text beside it. */
const barWidth = 40;
const besideBar = 24;

export const command = operationCommand({
  operation: stats,
  usage: '[--weeks N] [--type TYPE] [--agent NAME] [--client NAME] [--project NAME]',
  args: { min: 0, max: 0 },
  flags: {
    weeks: { type: 'string', value: 'N', description: 'how many weeks back (8)' },
    type: {
      type: 'string',
      value: 'TYPE',
      choices: taskTypes,
      description: 'only this kind of work',
    },
    agent: { type: 'string', value: 'NAME', description: 'only what this agent was at' },
    client: filterFlags.client,
    project: filterFlags.project,
    ascii: { type: 'boolean', description: 'bars of # on every terminal' },
  },
  examples: [
    'docket stats',
    'docket stats --weeks 26 --type bugfix',
    "docket stats --agent 'Coding Agent' --json",
    'docket stats --client acme-corp --weeks 4',
  ],
  input: ({ flags: { weeks, type, agent, client, project } }) => ({
    weeks: weeks === undefined ? undefined : readNumber('weeks', weeks, { min: 1, max: 104 }),
    type: taskTypes.find((each) => each === type),
    ...{ agent, client, project },
  }),
  text(answer, { flags, io }) {
    const { width } = io.style;
    const isPlain = flags.ascii || width === undefined || !isUtf8(io.env);
    const room = Math.min(barWidth, Math.max(8, (width ?? barWidth + besideBar) - besideBar));
    return renderStats(answer, { width: room, ascii: isPlain });
  },
});
