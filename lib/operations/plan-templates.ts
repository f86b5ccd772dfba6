import * as z from 'zod/mini';
import { listTemplates } from '../config/templates/templates.ts';
import { defineOperation } from './operation.ts';
import { rootOfTemplates } from './plan-from-template.ts';

export const planTemplates = defineOperation({
  name: 'plan-templates',
  access: 'look',
  summary: "List the project's templates for plans",
  input: z.strictObject({}),
  answer: () => import('../model/answers/template.ts').then(({ TemplateList }) => TemplateList),
  run: (list) => listTemplates(rootOfTemplates(list)),
});
