import * as z from 'zod/mini';
import { ClientInput } from '../model/registry/input.ts';
import { clientVerbs } from '../tracker/registry/fields.ts';
import { registryOperations } from './registry.ts';

const { name, ...fields } = z.partial(ClientInput).shape;

export const clientOperations = registryOperations({
  verbs: clientVerbs,
  article: 'a client',
  patch: z.strictObject({ ...fields, name: z.string(), new_name: name }),
  answer: () => import('../model/answers/registry.ts').then((m) => m.ClientAnswer),
  answers: () => import('../model/answers/registry.ts').then((m) => m.ClientList),
  one: (view) => ({ client: view }),
  many: (views) => ({ clients: views }),
});
