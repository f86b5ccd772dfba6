import type { Project } from '../../model/registry/entry.ts';
import { textOrNull } from '../sql/columns.ts';
import type { RegistryTable } from './registry.ts';

export const projectTable: RegistryTable<Project> = {
  name: 'projects',
  own: ['client_id', 'repository', 'feature_spec'],
  toOwn: (row) => ({
    clientId: textOrNull(row, 'client_id'),
    repository: textOrNull(row, 'repository'),
    featureSpec: textOrNull(row, 'feature_spec'),
  }),
  fromOwn: ({ clientId, repository, featureSpec }) => ({
    client_id: clientId,
    repository,
    feature_spec: featureSpec,
  }),
};
