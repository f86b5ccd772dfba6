import { DocketError } from '../../lib/model/errors.ts';
import { defaultPermissionMode, permissionModes } from '../../lib/model/run/permission-mode.ts';
import type { Flags, FlagValues } from '../command/command.ts';
import { readNumber } from './shared.ts';

/** The settings of agents, for the commands that run some. */
export const agentFlags = {
  timeout: { type: 'string', value: 'MINUTES', description: 'how long one agent may take' },
  budget: { type: 'string', value: 'USD', description: 'what one agent may cost' },
  'permission-mode': {
    type: 'string',
    value: 'MODE',
    choices: permissionModes,
    description: `how much agents may do without asking (${defaultPermissionMode})`,
  },
} as const satisfies Flags;

/** Reads the fields that the flags give. @throws DocketError `usage` */
export function readAgentFlags(flags: Omit<FlagValues<typeof agentFlags>, 'database'>) {
  const { timeout, budget, 'permission-mode': mode } = flags;
  const minutes = { min: 1, max: 1_440 };
  return {
    timeout_minutes: timeout === undefined ? undefined : readNumber('timeout', timeout, minutes),
    budget_usd: budget === undefined ? undefined : readDollars(budget),
    permission_mode: permissionModes.find((each) => each === mode),
  };
}

function readDollars(text: string): number {
  const value = /^[0-9]{1,6}(\.[0-9]{1,4})?$/.test(text) ? Number(text) : 0;
  if (value > 0) return value;
  throw new DocketError('usage', `--budget: ${JSON.stringify(text)} is not allowed`, {
    hint: 'US dollars above 0, such as 2.50',
  });
}
