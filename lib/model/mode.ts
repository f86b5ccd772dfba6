export const modes = ['msp', 'development', 'normal'] as const;
/** Whom tasks are for. `msp`: each is for a client; `development`: of a project; `normal`: neither. */
export type Mode = (typeof modes)[number];
