import type { BillItem } from './bill.ts';

/** A line of a bill whose day depends on the time zone. */
export type BillLine = Omit<BillItem, 'day' | 'timeZone' | 'amount'> & {
  readonly taskId: string;
  readonly clientId: string;
  readonly projectId: string | null;
  /** Its moment: that of the completion, or of the change that a correction is for. */
  readonly completedAt: string;
  /** The client's own. */
  readonly timeZone: string | null;
};

/** A work item as it is now. */
export interface LiveWork {
  readonly line: BillLine;
  readonly updatedAt: string;
  /** Whether it is off the bill. */
  readonly isArchived: boolean;
}

const asCorrection = { correction: true, invoicedAt: null } as const;

/**
 * Gives what of a work item is still to be invoiced: all of it, or what differs from the lines that
 * were invoiced. Those stay as they are: a task that is opened again, or billed to another client,
 * takes back what its client was billed.
 *
 * @param invoiced the task's lines, oldest first.
 */
export function openLines(
  { line, updatedAt, isArchived }: LiveWork,
  invoiced: readonly BillLine[],
): readonly BillLine[] {
  if (invoiced.length === 0) return isArchived ? [] : [line];
  const current = (client: string) => (isArchived || client !== line.clientId ? 0 : line.minutes);
  const byClient = Map.groupBy(invoiced, ({ clientId }) => clientId);
  const corrections = [...byClient].flatMap(([client, lines]) => {
    const last = lines.at(-1);
    const minutes = current(client) - lines.reduce((sum, each) => sum + each.minutes, 0);
    // At the rate that was invoiced: a newer one is for newer work.
    return last === undefined || minutes === 0
      ? []
      : [{ ...last, ...{ minutes, minutesFrom: [], completedAt: updatedAt }, ...asCorrection }];
  });
  const isNew = !isArchived && !byClient.has(line.clientId);
  return [...corrections, ...(isNew ? [{ ...line, completedAt: updatedAt }] : [])];
}
