import { projectOperations } from '../../lib/operations/project.ts';
import { ofClientFlag, readClient } from '../flags/shared.ts';
import { readOptionalText } from '../terminal/read-text.ts';
import { registryNoun } from './registry-noun.ts';

export const command = registryNoun({
  summary: 'Projects: what development work belongs to',
  operations: projectOperations,
  noun: 'project',
  word: 'project',
  one: ({ project }) => project,
  many: ({ projects }) => projects,
  tasks: (answer) => answer,
  flags: {
    ...ofClientFlag,
    repository: { type: 'string', value: 'TEXT', description: 'where its code is' },
    spec: { type: 'string', value: 'TEXT', description: 'what it is to do; - for stdin' },
  },
  readFields: async ({ client, repository, spec }, io) => ({
    ...readClient(client),
    repository,
    feature_spec: await readOptionalText(spec, io),
  }),
  example: { name: 'Dashboard', flags: '--repository example/dashboard' },
});
