import type { AgentOptions } from '../../lib/access/assemble-orchestrator.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { permissionModes } from '../../lib/orchestrator/agents/claude-arguments.ts';
import type { Flags, FlagValues } from '../command/command.ts';
import { readNumber } from './shared.ts';

/** How agents are run, for the commands that run some. */
export const agentFlags = {
  timeout: { type: 'string', value: 'MINUTES', description: 'how long one agent may take' },
  budget: { type: 'string', value: 'USD', description: 'what one agent may cost' },
  'permission-mode': {
    type: 'string',
    value: 'MODE',
    choices: permissionModes,
    description: 'how much agents may do without asking (acceptEdits)',
  },
} as const satisfies Flags;

/** The options that were given. @throws DocketError `usage` */
export function readAgentOptions(
  flags: Omit<FlagValues<typeof agentFlags>, 'database'>,
): Omit<AgentOptions, 'parallel'> {
  const { timeout, budget, 'permission-mode': mode } = flags;
  const minutes = { min: 1, max: 1_440 };
  return {
    ...(timeout === undefined ? {} : { timeoutMinutes: readNumber('timeout', timeout, minutes) }),
    ...(budget === undefined ? {} : { budgetUsd: readDollars(budget) }),
    permissionMode: permissionModes.find((each) => each === mode),
  };
}

function readDollars(text: string): number {
  const value = /^[0-9]{1,6}(\.[0-9]{1,4})?$/.test(text) ? Number(text) : 0;
  if (value > 0) return value;
  throw new DocketError('usage', `--budget: ${JSON.stringify(text)} is not allowed`, {
    hint: 'US dollars above 0, such as 2.50',
  });
}
