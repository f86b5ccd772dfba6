import type { TemplateList, TemplateView } from '../../model/answers/template.ts';
import { DocketError } from '../../model/errors.ts';
import { orderPlan } from '../../model/plan/order.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { chooseValues, fillTemplate, type Values } from './fill-template.ts';
import { parseTemplate, type Template, withFile } from './parse-template.ts';
import { mostTemplates, readTemplate, templateFolder, templateNames } from './template-files.ts';

/** A plan made of a template, with its steps in order and the value of every parameter. */
export interface FilledTemplate {
  readonly plan: Omit<Plan, 'any_order'>;
  readonly values: Values;
}

/**
 * Makes a plan of a template of the project.
 *
 * @throws DocketError `not_found`, `invalid_config` (the file), `invalid_input` (the values)
 */
export async function planOfTemplate(
  root: string,
  name: string,
  given: Values,
): Promise<FilledTemplate> {
  const template = await load(root, name);
  const values = chooseValues(name, template, given);
  const plan = fillTemplate(template, values);
  const ordered = withFile(template.file, () => orderPlan(plan));
  return { plan: ordered, values: Object.fromEntries(values) };
}

/** Lists the templates of a project, those that cannot be used with the reason. */
export async function listTemplates(root: string): Promise<TemplateList> {
  const names = templateNames(root);
  const shown = names.slice(0, mostTemplates);
  const templates = await Promise.all(shown.map((name) => viewOf(root, name)));
  return { templates, folder: templateFolder, more: names.length - shown.length };
}

async function viewOf(root: string, name: string): Promise<TemplateView> {
  try {
    const { description, parameters } = await load(root, name);
    return { name, description, parameters: [...parameters], problem: null };
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    return { name, description: '', parameters: [], problem: error.message };
  }
}

async function load(root: string, name: string): Promise<Template> {
  const { parseFrontMatter } = await import('./front-matter.ts');
  return parseTemplate(readTemplate(root, name), parseFrontMatter);
}
