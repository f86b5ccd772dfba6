import { assembleOrchestrator } from '../../lib/access/assemble-orchestrator.ts';
import type { RunOutcome } from '../../lib/model/answers/outcome.ts';
import { renderRunOutcome } from '../../lib/render/run/outcome.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { agentFlags, readAgentOptions } from '../flags/agent.ts';
import { readNumber } from '../flags/shared.ts';
import { showRun } from '../terminal/run-display.ts';

export const command = defineCommand({
  summary: 'Have agents of Claude Code do a task or a plan',
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
  async run({ args: [key = ''], flags, io }) {
    return withScope({ flags, io }, async (open) => {
      const { parallel } = flags;
      const orchestrator = assembleOrchestrator(open, {
        ...readAgentOptions(flags),
        ...(parallel === undefined
          ? {}
          : { parallel: readNumber('parallel', parallel, { min: 1, max: 64 }) }),
      });
      const signal = io.interruption?.();
      const display = showRun(io);
      signal?.addEventListener('abort', () => display.print(stopping), { once: true });
      try {
        const outcome = await orchestrator.run(key, {
          anyOrder: flags['any-order'],
          onProgress: display.onProgress,
          ...(signal === undefined ? {} : { signal }),
        });
        display.stop();
        return {
          data: outcome,
          text: renderRunOutcome(outcome, io.style),
          exitCode: exitCodes[outcome.status],
        };
      } finally {
        display.stop();
      }
    });
  },
});

/** An agent that does not listen holds it up for some seconds. */
const stopping = 'Stopping: agents are asked to end. Ctrl-C again ends it at once.';

/** 130: as a shell says it of what was interrupted. */
const exitCodes: Readonly<Record<RunOutcome['status'], number>> = {
  completed: 0,
  cancelled: 0,
  stuck: 1,
  stopped: 130,
};
