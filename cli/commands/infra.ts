import { infrastructureOperations } from '../../lib/operations/infra.ts';
import { ofClientFlag, readClient } from '../flags/shared.ts';
import { registryNoun } from './registry-noun.ts';

export const command = registryNoun({
  summary: 'Infrastructure: servers, networks and services that work is done on',
  operations: infrastructureOperations,
  noun: 'infrastructure',
  word: 'infra',
  one: ({ infrastructure }) => infrastructure,
  many: ({ infrastructure }) => infrastructure,
  flags: {
    ...ofClientFlag,
    kind: { type: 'string', value: 'TEXT', description: 'nas, firewall, mail ...' },
  },
  readFields: ({ client, kind }) => ({ ...readClient(client), kind }),
  example: { name: 'NAS 1', flags: "--client 'Acme Corp' --kind nas" },
});
