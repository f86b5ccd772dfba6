/** What the fields of docket's configuration files must look like, for their schemas and parsers. */
export const idPattern = /^[0-9a-f-]{36}$/;
export const longestSlug = 32;
export const databasePattern = /^(sqlite:.+|mysql:\/\/.+)$/;
