/** Stands for the database's clock where a value is written. */
export const now = Symbol('now');

export type Now = typeof now;
