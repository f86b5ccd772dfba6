import * as z from 'zod/mini';
import { permissionModes } from '../model/run/permission-mode.ts';
import { Limits } from '../model/run/policy.ts';

/** A task's key, whole or as much of it as is clear; or a row's id where one is named by that. */
export const Key = z.string();

/** Although another live session works on it, or it waits. */
export const force = z.optional(z.boolean());

/** How many rows are answered. */
export const limit = z.optional(z.int().check(z.minimum(1), z.maximum(10_000)));

/** How agents of Claude Code are run, where it differs from what the project says. */
export const agentFields = {
  timeout_minutes: Limits.shape.timeout_minutes,
  budget_usd: Limits.shape.budget_usd,
  permission_mode: z.optional(z.enum(permissionModes)),
};
