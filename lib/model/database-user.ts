/** A user as servers know one: by the name and by where it may come from. */
export interface DatabaseUser {
  readonly name: string;
  /** A host, an address, or a pattern of one; `%` is every place. */
  readonly host: string;
}

/** The user who migrates; everybody else needs none of its rights. */
export const migrationsUser = 'docket_migrate';

/** The user who backs the database up. */
export const backupsUser = 'docket_backup';

/** Whether `docket server bootstrap` makes a user of this name for a person. */
export function isPersonName(name: string): boolean {
  return /^[a-z0-9][\w.-]{0,31}$/i.test(name);
}

/** Whether it takes this for the place where users may come from. */
export function isUserHost(host: string): boolean {
  return /^[\w.:%/-]{1,60}$/.test(host);
}
