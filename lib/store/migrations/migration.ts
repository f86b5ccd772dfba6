/** A numbered step of the schema. Forward-only; a step is never edited once it has been released. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Lowest schema version that an installation must know to go on reading after this step. */
  readonly oldestReader: number;
  /** Lowest schema version that an installation must know to go on writing after this step. */
  readonly oldestWriter: number;
  readonly sql: string;
}

/** The statements of a migration, which holds no `;` inside a string. */
export function splitStatements(sql: string): readonly string[] {
  return sql
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '' && !/^(--[^\n]*\n?)+$/.test(statement));
}
