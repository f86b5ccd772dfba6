import * as z from 'zod/mini';
import { ClientInput } from '../model/registry/input.ts';
import { showEntryWithTasks } from '../tracker/reads/entry-tasks.ts';
import { clientVerbs } from '../tracker/registry/fields.ts';
import { registryOperations } from './registry.ts';

const { name, ...fields } = z.partial(ClientInput).shape;

export const clientOperations = registryOperations({
  verbs: clientVerbs,
  article: 'a client',
  patch: z.strictObject({ ...fields, name: z.string(), new_name: name }),
  answer: () => import('../model/answers/registry.ts').then((m) => m.ClientAnswer),
  answers: () => import('../model/answers/registry.ts').then((m) => m.ClientList),
  detail: () => import('../model/answers/entry-tasks.ts').then((m) => m.ClientDetail),
  async show(scope, which) {
    const of = { name: which, table: 'clients' } as const;
    const { view, tasks } = await showEntryWithTasks(scope, clientVerbs, of);
    return { client: view, ...tasks };
  },
  one: (view) => ({ client: view }),
  many: (views) => ({ clients: views }),
});
