import type { Flags } from '../command.ts';

/** How agents are run, for the commands that run some. */
export const agentFlags = {
  timeout: { type: 'string', value: 'MINUTES', description: 'how long one agent may take' },
  budget: { type: 'string', value: 'USD', description: 'what one agent may cost' },
  'permission-mode': {
    type: 'string',
    value: 'MODE',
    choices: ['acceptEdits', 'auto', 'bypassPermissions', 'default', 'dontAsk'],
    description: 'how much agents may do without asking (acceptEdits)',
  },
} as const satisfies Flags;
