import * as z from 'zod/mini';
import { minutesRuleNames } from '../registry/minutes-rule.ts';
import { roundingModes } from '../registry/rounding.ts';

/** The fields that clients, projects and infrastructure share, as `--json` shows them. */
const named = {
  slug: z.string(),
  name: z.string(),
  note: z.string(),
  archivedAt: z.nullable(z.string()),
  createdAt: z.string(),
  createdBy: z.string(),
  updatedAt: z.string(),
};
/** Slug of its client. */
const client = z.nullable(z.string());

export const RegistryEntryView = z.object(named);
export type RegistryEntryView = z.infer<typeof RegistryEntryView>;

export const ClientView = z.object({
  ...named,
  /** Billable minutes are rounded to a multiple of this. */
  roundingMinutes: z.int(),
  roundingMode: z.enum(roundingModes),
  /** Which minutes of its runs are billed: the measured ones, or what agents propose. */
  minutesRule: z.enum(minutesRuleNames),
  /** The IANA time zone in whose days it is billed; null: in those of the person who asks. */
  timeZone: z.nullable(z.string()),
  /** What an hour costs, in the currency's smallest unit. */
  rate: z.nullable(z.int()),
  /** ISO 4217. */
  currency: z.nullable(z.string()),
});
export type ClientView = z.infer<typeof ClientView>;

export const ProjectView = z.object({
  ...named,
  client,
  repository: z.nullable(z.string()),
  featureSpec: z.nullable(z.string()),
});
export type ProjectView = z.infer<typeof ProjectView>;

export const InfrastructureView = z.object({ ...named, client, kind: z.nullable(z.string()) });
export type InfrastructureView = z.infer<typeof InfrastructureView>;

export const ClientAnswer = z.object({ client: ClientView });
export type ClientAnswer = z.infer<typeof ClientAnswer>;
export const ProjectAnswer = z.object({ project: ProjectView });
export type ProjectAnswer = z.infer<typeof ProjectAnswer>;
export const InfrastructureAnswer = z.object({ infrastructure: InfrastructureView });
export type InfrastructureAnswer = z.infer<typeof InfrastructureAnswer>;

/** Sorted by slug. */
export const ClientList = z.object({ clients: z.array(ClientView) });
export type ClientList = z.infer<typeof ClientList>;
export const ProjectList = z.object({ projects: z.array(ProjectView) });
export type ProjectList = z.infer<typeof ProjectList>;
export const InfrastructureList = z.object({ infrastructure: z.array(InfrastructureView) });
export type InfrastructureList = z.infer<typeof InfrastructureList>;
