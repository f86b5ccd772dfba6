import { projectVerbs } from '../../lib/tracker/registry/fields.ts';
import { ofClientFlag, readClient } from '../flags/shared.ts';
import { readText } from '../terminal/read-text.ts';
import { registryNoun } from './registry-noun.ts';

export const command = registryNoun({
  summary: 'Projects: what development work belongs to',
  verbs: projectVerbs,
  plural: 'projects',
  flags: {
    ...ofClientFlag,
    repository: { type: 'string', value: 'TEXT', description: 'where its code is' },
    spec: { type: 'string', value: 'TEXT', description: 'what it is to do; - for stdin' },
  },
  readFields: ({ client, repository, spec }, io) => ({
    ...readClient(client),
    ...(repository === undefined ? {} : { repository }),
    ...(spec === undefined ? {} : { feature_spec: readText(spec, io) }),
  }),
  example: { name: 'Dashboard', flags: '--repository example/dashboard' },
});
