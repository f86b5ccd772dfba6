import type { Flags } from './command.ts';

export const forceFlag = {
  force: { type: 'boolean', description: 'although another live session works on it' },
} as const satisfies Flags;
