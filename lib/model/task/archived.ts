import * as z from 'zod/mini';

/** When and by whom a task was archived. */
export const Archived = z.object({ at: z.string(), by: z.string() });
export type Archived = z.infer<typeof Archived>;
