import * as z from 'zod/mini';
import { ProjectInput } from '../model/registry/input.ts';
import { showEntryWithTasks } from '../tracker/reads/entry-tasks.ts';
import { projectVerbs } from '../tracker/registry/fields.ts';
import { registryOperations } from './registry.ts';

const { name, ...fields } = z.partial(ProjectInput).shape;

export const projectOperations = registryOperations({
  verbs: projectVerbs,
  article: 'a project',
  patch: z.strictObject({ ...fields, name: z.string(), new_name: name }),
  answer: () => import('../model/answers/registry.ts').then((m) => m.ProjectAnswer),
  answers: () => import('../model/answers/registry.ts').then((m) => m.ProjectList),
  detail: () => import('../model/answers/entry-tasks.ts').then((m) => m.ProjectDetail),
  async show(scope, which) {
    const of = { name: which, table: 'projects' } as const;
    const { view, tasks } = await showEntryWithTasks(scope, projectVerbs, of);
    return { project: view, ...tasks };
  },
  one: (view) => ({ project: view }),
  many: (views) => ({ projects: views }),
});
