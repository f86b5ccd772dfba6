// Without zod: lists and hooks load this, and a schema library would be a third of their time.

export const statuses = ['pending', 'in_progress', 'blocked', 'completed', 'cancelled'] as const;
export type Status = (typeof statuses)[number];

export function isClosed(status: Status): status is 'completed' | 'cancelled' {
  return status === 'completed' || status === 'cancelled';
}
