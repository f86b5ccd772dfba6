import { infrastructureVerbs } from '../../lib/tracker/registry/fields.ts';
import { ofClientFlag, readClient } from '../flags/shared.ts';
import { registryNoun } from './registry-noun.ts';

export const command = registryNoun({
  summary: 'Infrastructure: servers, networks and services that work is done on',
  verbs: infrastructureVerbs,
  plural: 'infrastructure',
  flags: {
    ...ofClientFlag,
    kind: { type: 'string', value: 'TEXT', description: 'nas, firewall, mail ...' },
  },
  readFields: ({ client, kind }) => ({
    ...readClient(client),
    ...(kind === undefined ? {} : { kind }),
  }),
  example: { name: 'NAS 1', flags: "--client 'Acme Corp' --kind nas" },
});
