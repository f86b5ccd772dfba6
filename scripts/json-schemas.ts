/** Renders the JSON schemas of docket's files and of what `--json` prints. */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import * as z from 'zod/mini';
import { ProjectSettings } from '../lib/config/project-settings.ts';
import { ProjectConfig, UserConfig } from '../lib/config/schema.ts';
import * as bill from '../lib/model/billing/bill.ts';
import * as notify from '../lib/model/notify/answer.ts';
import { Webhook } from '../lib/model/notify/webhook.ts';
import { Plan } from '../lib/model/plan/plan.ts';
import { catalogue } from '../lib/operations/catalogue.ts';

type Schemas = Readonly<Record<string, z.core.$ZodType>>;

/** Renders the schema of `.claude/docket.json`, and of the person's own `config.json`. */
export function renderConfigSchema(): string {
  return render({ ProjectConfig, ProjectSettings, UserConfig });
}

/**
 * Renders the schema of every answer and of the envelope around it; `answers` names each command's.
 */
export async function renderOutputSchema(): Promise<string> {
  const named = await findAnswers();
  const names = new Map(Object.entries(named).map(([name, schema]) => [schema, name]));
  const answerOf = Object.entries(catalogue).map(async ([verb, load]) => {
    const name = names.get(await (await load()).answer());
    if (name === undefined) throw new Error(`the answer of ${verb} has no name in lib/model`);
    return [verb, { $ref: `#/$defs/${name}` }] as const;
  });
  return render(named, { answers: Object.fromEntries(await Promise.all(answerOf)) });
}

/** Renders the schema of the JSON that `docket plan` takes. */
export function renderPlanSchema(): string {
  return render({ Plan });
}

/** Renders the schema of the body that `docket notify` sends. */
export function renderWebhookSchema(): string {
  return render({ Webhook });
}

/** Finds the schemas of answers and of their parts, by the names that lib/model gives them. */
async function findAnswers(): Promise<Schemas> {
  const names = readdirSync(new URL('../lib/model/answers/', import.meta.url))
    .map((file) => basename(file, '.ts'))
    .sort();
  const found = await Promise.all(names.map((name) => import(`../lib/model/answers/${name}.ts`)));
  const exported = [...found, bill, notify].flatMap((module) => Object.entries<unknown>(module));
  const schemas = exported.filter((each): each is [string, z.core.$ZodType] => isSchema(each[1]));
  return Object.fromEntries(schemas.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isSchema(value: unknown): value is z.core.$ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value;
}

/** Renders one document; a schema that is part of another stands once and is referred to. */
function render(schemas: Schemas, more: object = {}): string {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const uri = (id: string) => `#/$defs/${id}`;
  const { schemas: rendered } = z.toJSONSchema(registry, { uri, io: 'input' });
  const definitions = Object.entries(rendered).map(([id, schema]) => {
    const { $schema: _, $id: __, ...definition } = schema;
    return [id, definition];
  });
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...more,
    $defs: Object.fromEntries(definitions),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
