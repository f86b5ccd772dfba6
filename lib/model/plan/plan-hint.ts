/** The hint for a plan that cannot be read. */
export const planHint = 'docket plan --help shows both forms';
