import * as z from 'zod/mini';
import { ProjectInput } from '../model/registry/input.ts';
import { projectVerbs } from '../tracker/registry/fields.ts';
import { registryOperations } from './registry.ts';

const { name, ...fields } = z.partial(ProjectInput).shape;

export const projectOperations = registryOperations({
  verbs: projectVerbs,
  article: 'a project',
  patch: z.strictObject({ ...fields, name: z.string(), new_name: name }),
  answer: () => import('../model/answers/registry.ts').then((m) => m.ProjectAnswer),
  answers: () => import('../model/answers/registry.ts').then((m) => m.ProjectList),
  one: (view) => ({ project: view }),
  many: (views) => ({ projects: views }),
});
