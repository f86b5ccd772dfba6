/**
 * The rights that migrating a server takes, beside an everyday user's. MariaDB and Dolt do without
 * REFERENCES; MySQL asks for it where a table has a foreign key.
 */
export const migrationRights = 'CREATE, ALTER, INDEX and REFERENCES';

/** The rights that working takes: none to change the schema, none to call procedures. */
export const everydayRights = 'SELECT, INSERT, UPDATE, DELETE';
