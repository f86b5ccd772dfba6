/** The newest schema this installation knows. A test keeps it equal to the newest migration. */
export const knownVersion = 15;

/** Where a database says which migrations it has. */
export const schemaTable = 'docket_migrations';
