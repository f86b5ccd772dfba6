import * as z from 'zod/mini';

/** A value that a template asks for. */
export const TemplateParameter = z.object({
  name: z.string(),
  description: z.string(),
  /** The value where none is given; null: one must be given. */
  default: z.nullable(z.string()),
  /** The values that are allowed; empty: any. */
  values: z.array(z.string()),
});
export type TemplateParameter = z.infer<typeof TemplateParameter>;

export const TemplateView = z.object({
  name: z.string(),
  description: z.string(),
  parameters: z.array(TemplateParameter),
  /** Why no plan can be made of it; null where one can. */
  problem: z.nullable(z.string()),
});
export type TemplateView = z.infer<typeof TemplateView>;

/** The templates of a project, by name. */
export const TemplateList = z.object({
  templates: z.array(TemplateView),
  /** The folder that holds them, whether it is there or not. */
  folder: z.string(),
  /** How many more files the folder has than are read. */
  more: z.int(),
});
export type TemplateList = z.infer<typeof TemplateList>;
