/** Whom a project's tasks are for. msp: each is for a client; development: of a project; normal: neither. */
export const modes = ['msp', 'development', 'normal'] as const;
export type Mode = (typeof modes)[number];
