import * as z from 'zod/mini';
import { describeIssue } from '../model/describe-issue.ts';
import { modes } from '../model/mode.ts';
import { Limits, makePolicy, type Policy, Routing } from '../model/run/policy.ts';
import { requireRecord, wrong } from './require-shape.ts';

export const Mode = z.enum(modes);
export type Mode = z.infer<typeof Mode>;

/** The part of `.claude/docket.json` that is about the work itself. Hooks never read it. */
export const ProjectSettings = z.looseObject({
  mode: z.optional(Mode),
  /** The name of the client that new tasks are for. */
  client: z.optional(z.string()),
  /** The name of the project that new tasks belong to. */
  project: z.optional(z.string()),
  agents: z.optional(Routing),
  orchestrator: z.optional(Limits),
});
export type ProjectSettings = z.infer<typeof ProjectSettings>;

/** @throws DocketError `invalid_config` with the field and the reason. */
export function parseProjectSettings(config: unknown, file: string): ProjectSettings {
  const result = z.safeParse(ProjectSettings, requireRecord(config, file), { reportInput: true });
  if (result.success) return result.data;
  throw wrong(`${file}:`, describeIssue(result.error.issues[0]));
}

/** Words for a mode, as `msp, client Acme`; in normal mode names do not count. */
export function describeMode({ mode = 'normal', client, project }: ProjectSettings): string {
  if (mode === 'normal') return mode;
  const names = [client && `client ${client}`, project && `project ${project}`].filter(Boolean);
  return [mode, ...names].join(', ');
}

/** The rules by which a project wants its tasks handed to agents. */
export function policyOf({ agents, orchestrator }: ProjectSettings): Policy {
  return makePolicy({ agents, limits: orchestrator });
}
