import { statusWords } from '../../lib/access/statuses.ts';
import type { Flags } from '../command/command.ts';

/** Which statuses a list is to have. */
export const statusFlag = {
  status: {
    type: 'string',
    list: true,
    value: 'STATUS',
    choices: statusWords,
    description: 'only these; open is pending, closed is completed or cancelled',
  },
} as const satisfies Flags;
