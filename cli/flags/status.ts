import { statusWords } from '../../lib/access/statuses.ts';
import type { Flags } from '../command/command.ts';

/** The statuses of the tasks that a list shows. */
export const statusFlag = {
  status: {
    type: 'string',
    list: true,
    value: 'STATUS',
    choices: statusWords,
    description: 'only these; open is pending, closed is completed or cancelled',
  },
} as const satisfies Flags;
