/** The forms of fields in docket's configuration files, which schemas and parsers share. */
export const idPattern = /^[0-9a-f-]{36}$/;
export const longestSlug = 32;
export const databasePattern = /^(sqlite:.+|mysql:\/\/.+)$/;
