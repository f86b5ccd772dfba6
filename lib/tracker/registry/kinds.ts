import type { Client, Infrastructure, Project, RegistryEntry } from '../../model/registry/entry.ts';
import { clientTable } from '../../store/tables/clients.ts';
import { infrastructureTable } from '../../store/tables/infrastructure.ts';
import { projectTable } from '../../store/tables/projects.ts';
import type { RegistryTable } from '../../store/tables/registry.ts';

/** One kind of registry entry: how people call it and where it is kept. */
export interface RegistryKind<T extends RegistryEntry> {
  readonly noun: 'client' | 'project' | 'infrastructure';
  /** The name of the command. */
  readonly command: 'client' | 'project' | 'infra';
  readonly table: RegistryTable<T>;
}

export const clientKind: RegistryKind<Client> = {
  noun: 'client',
  command: 'client',
  table: clientTable,
};

export const projectKind: RegistryKind<Project> = {
  noun: 'project',
  command: 'project',
  table: projectTable,
};

export const infrastructureKind: RegistryKind<Infrastructure> = {
  noun: 'infrastructure',
  command: 'infra',
  table: infrastructureTable,
};

const kinds = { client: clientKind, project: projectKind, infrastructure: infrastructureKind };

/** Gives the kind of this name as one of plain entries, for what all kinds share. */
export function kindOf(noun: keyof typeof kinds): RegistryKind<RegistryEntry> {
  return kinds[noun] as RegistryKind<RegistryEntry>;
}
