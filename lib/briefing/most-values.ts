/**
 * How many values a hook takes in one answer of a server: a session's start reads a few thousand. More
 * would keep this process busy for longer than its deadline, which counts turns and not seconds.
 */
export const mostValues = 100_000;
