import * as z from 'zod/mini';
import { permissionModes } from '../model/run/permission-mode.ts';
import { Limits } from '../model/run/policy.ts';

/**
 * The key of a task, whole or a unique beginning of it; or the id of a row that is named by one.
 */
export const Key = z.string();

/** One task, or several that are changed together or not at all. */
export const taskOrTasks = { task: z.optional(Key), tasks: z.optional(z.array(Key)) };

/** Acts on a task although another live session works on it, or although it waits. */
export const force = z.optional(z.boolean());

/** The number of rows in the answer. */
export const limit = z.optional(z.int().check(z.minimum(1), z.maximum(10_000)));

/** Settings of Claude Code's agents, where they differ from the project's. */
export const agentFields = {
  timeout_minutes: Limits.shape.timeout_minutes,
  budget_usd: Limits.shape.budget_usd,
  permission_mode: z.optional(z.enum(permissionModes)),
};
