import type { Migration } from '../../../lib/store/migrations/migration.ts';

/** Lists the steps that a schema of this version has still to take. */
export function versionsAfter(
  version: number,
  migrations: readonly Migration[],
): readonly number[] {
  return migrations.map((step) => step.version).filter((each) => each > version);
}
