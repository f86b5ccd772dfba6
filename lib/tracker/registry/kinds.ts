import type { Client, Infrastructure, Project, RegistryEntry } from '../../model/registry/entry.ts';
import { clientTable } from '../../store/tables/clients.ts';
import { infrastructureTable } from '../../store/tables/infrastructure.ts';
import { projectTable } from '../../store/tables/projects.ts';
import type { RegistryTable } from '../../store/tables/registry.ts';

/** One kind of what work can be for, as people call it and where it is kept. */
export interface RegistryKind<T extends RegistryEntry> {
  readonly noun: 'client' | 'project' | 'infrastructure';
  /** The command's name. */
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

/** The kind that has this name, for what is the same of all. */
export function kindOf(noun: keyof typeof kinds): RegistryKind<RegistryEntry> {
  return kinds[noun] as RegistryKind<RegistryEntry>;
}
