import { TaskType } from '../../lib/model/task/task.ts';
import { renderStats } from '../../lib/render/figures/stats.ts';
import { readStats } from '../../lib/tracker/reads/stats.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { readNumber } from '../flags/shared.ts';
import { isUtf8 } from '../terminal/is-utf8.ts';

const mostWeeks = 104;

/** Columns of the longest bar, and what stands beside it. */
const barWidth = 40;
const besideBar = 24;

export const command = defineCommand({
  summary: 'How long tasks take, what holds them up, how many are done',
  usage: '[--weeks N] [--type TYPE] [--agent NAME]',
  args: { min: 0, max: 0 },
  flags: {
    weeks: { type: 'string', value: 'N', description: 'how many weeks back (8)' },
    type: {
      type: 'string',
      value: 'TYPE',
      choices: TaskType.options,
      description: 'only this kind of work',
    },
    agent: { type: 'string', value: 'NAME', description: 'only what this agent was at' },
    ascii: { type: 'boolean', description: 'bars of # on every terminal' },
  },
  examples: [
    'docket stats',
    'docket stats --weeks 26 --type bugfix',
    "docket stats --agent 'Coding Agent' --json",
  ],
  async run({ flags, io }) {
    const { type: given, agent } = flags;
    const limits = { min: 1, max: mostWeeks };
    const weeks = flags.weeks === undefined ? 8 : readNumber('weeks', flags.weeks, limits);
    const type = TaskType.options.find((each) => each === given);
    const { width } = io.style;
    const isPlain = flags.ascii || width === undefined || !isUtf8(io.env);
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await readStats(scope, { weeks, type, agent });
      const room = Math.min(barWidth, Math.max(8, (width ?? barWidth + besideBar) - besideBar));
      return { data, text: renderStats(data, { width: room, ascii: isPlain }) };
    });
  },
});
