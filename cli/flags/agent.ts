import {
  defaultPermissionMode,
  permissionModes,
} from '../../lib/orchestrator/agents/claude-arguments.ts';
import type { Flags } from '../command.ts';

/** How agents are run, for the commands that run some. */
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
