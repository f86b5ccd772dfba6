/**
 * Says inside a transaction that its task is in another workspace, whose guard must be taken
 * instead: rows that are read before a guard is taken may be old once it is.
 */
export class WrongWorkspace extends Error {
  readonly key: string;
  readonly workspaceId: string;

  constructor({ key, workspaceId }: { key: string; workspaceId: string }) {
    super(`${key} is in another workspace`);
    this.name = 'WrongWorkspace';
    this.key = key;
    this.workspaceId = workspaceId;
  }
}
