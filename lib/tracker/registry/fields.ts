import type { ClientView, InfrastructureView, ProjectView } from '../../model/answers/registry.ts';
import type { Client, Infrastructure, Project } from '../../model/registry/entry.ts';
import { ClientInput, InfrastructureInput, ProjectInput } from '../../model/registry/input.ts';
import { findCurrency } from '../../model/registry/money.ts';
import { findTimeZone } from '../../model/time-zone.ts';
import type { SqlValue } from '../../store/contract.ts';
import type { RegistryColumns } from '../../store/tables/registry.ts';
import { clientKind, infrastructureKind, projectKind } from './kinds.ts';
import type { RegistryVerbs } from './verbs.ts';

export const clientVerbs: RegistryVerbs<Client, ClientInput, ClientView> = {
  kind: clientKind,
  schema: ClientInput,
  toColumns: ({ rounding_minutes, rounding_mode, minutes, time_zone, rate, currency }) =>
    definedOnly({
      rounding_minutes,
      rounding_mode,
      minutes_rule: minutes,
      time_zone: orNull(time_zone && findTimeZone(time_zone)),
      rate,
      currency: orNull(currency && findCurrency(currency)),
    }),
  view: (
    { roundingMinutes, roundingMode, minutesRule, timeZone, rate, currency },
    { client: _, ...named },
  ) => ({
    ...named,
    roundingMinutes,
    roundingMode,
    minutesRule,
    timeZone,
    rate,
    currency,
  }),
};

export const projectVerbs: RegistryVerbs<Project, ProjectInput, ProjectView> = {
  kind: projectKind,
  schema: ProjectInput,
  toColumns: ({ repository, feature_spec }) =>
    definedOnly({ repository: orNull(repository), feature_spec: orNull(feature_spec) }),
  view: ({ repository, featureSpec }, named) => ({ ...named, repository, featureSpec }),
};

export const infrastructureVerbs: RegistryVerbs<
  Infrastructure,
  InfrastructureInput,
  InfrastructureView
> = {
  kind: infrastructureKind,
  schema: InfrastructureInput,
  toColumns: ({ kind }) => definedOnly({ kind: orNull(kind) }),
  view: ({ kind }, named) => ({ ...named, kind }),
};

function definedOnly(columns: Readonly<Record<string, SqlValue | undefined>>): RegistryColumns {
  return Object.fromEntries(
    Object.entries(columns).filter((entry): entry is [string, SqlValue] => entry[1] !== undefined),
  );
}

/** Turns empty text, which takes a value away, into null. */
function orNull(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}
