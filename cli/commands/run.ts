import type { RunOutcome } from '../../lib/model/answers/outcome.ts';
import { run } from '../../lib/operations/run.ts';
import { renderRunOutcome } from '../../lib/render/run/outcome.ts';
import { defineCommand } from '../command/command.ts';
import { runOperation } from '../command/operation-command.ts';
import { showRun } from '../command/run-display.ts';
import { agentFlags, readAgentFlags } from '../flags/agent.ts';
import { readNumber } from '../flags/shared.ts';

export const command = defineCommand({
  verb: run,
  usage: 'KEY [--parallel N] [--any-order]',
  args: { min: 1, max: 1 },
  flags: {
    parallel: { type: 'string', value: 'N', description: 'so many agents at the same time (3)' },
    'any-order': {
      type: 'boolean',
      description: 'subtasks that need nothing of each other may run at the same time',
    },
    ...agentFlags,
  },
  examples: [
    'docket run web-k3f9',
    'docket run web-k3f9 --parallel 2 --timeout 30 --budget 5',
    'docket run web-k3f9.2 --permission-mode default',
  ],
  async run({ args: [task = ''], flags, io }) {
    const { parallel, 'any-order': anyOrder } = flags;
    const most = { min: 1, max: 64 };
    const input = {
      task,
      any_order: anyOrder,
      parallel: parallel === undefined ? undefined : readNumber('parallel', parallel, most),
      ...readAgentFlags(flags),
    };
    const signal = io.interruption?.();
    const display = await showRun(io, { task, database: flags.database });
    signal?.addEventListener('abort', () => display.stopping(), { once: true });
    try {
      const answer = await runOperation(
        run,
        { flags, io },
        {
          input,
          watch: { onProgress: display.onProgress, signal },
          text: (outcome) => renderRunOutcome(outcome, display.style()),
        },
      );
      return { ...answer, exitCode: exitCodes[answer.data.status] };
    } finally {
      await display.stop();
    }
  },
});

/** 130 is the exit code that a shell gives to an interrupted command. */
const exitCodes: Readonly<Record<RunOutcome['status'], number>> = {
  completed: 0,
  cancelled: 0,
  stuck: 1,
  hindered: 1,
  stopped: 130,
};
