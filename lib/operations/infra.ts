import * as z from 'zod/mini';
import { InfrastructureInput } from '../model/registry/input.ts';
import { infrastructureVerbs } from '../tracker/registry/fields.ts';
import { showRegistryEntry } from '../tracker/registry/verbs.ts';
import { registryOperations } from './registry.ts';

const { name, ...fields } = z.partial(InfrastructureInput).shape;

export const infrastructureOperations = registryOperations({
  verbs: infrastructureVerbs,
  article: 'infrastructure',
  patch: z.strictObject({ ...fields, name: z.string(), new_name: name }),
  answer: () => import('../model/answers/registry.ts').then((m) => m.InfrastructureAnswer),
  answers: () => import('../model/answers/registry.ts').then((m) => m.InfrastructureList),
  detail: () => import('../model/answers/registry.ts').then((m) => m.InfrastructureAnswer),
  show: async (scope, which) => ({
    infrastructure: await showRegistryEntry(scope, infrastructureVerbs, which),
  }),
  one: (infrastructure) => ({ infrastructure }),
  many: (infrastructure) => ({ infrastructure }),
});
