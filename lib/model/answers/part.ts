import * as z from 'zod/mini';

/** Makes the type of the first of some tasks, with how many there are in all. */
export function part<T extends z.core.$ZodType>(task: T) {
  return z.object({ total: z.int(), tasks: z.array(task) });
}
