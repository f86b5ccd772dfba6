import * as z from 'zod/mini';
import { slugPattern } from '../key.ts';
import { limits } from '../limits.ts';
import { modes } from '../mode.ts';
import { parseInput } from '../task/input.ts';
import { isVisible } from '../visible.ts';

const text = z.string().check(z.refine<string>(isVisible, { error: 'is empty' }));

const list = {
  workspace: z.object({
    // That of a person's own list is no UUID.
    id: z
      .string()
      .check(z.regex(/^\S{1,36}$/, { error: 'is not the id of a list, such as a UUID' })),
    slug: z
      .string()
      .check(
        z.regex(slugPattern, { error: 'is not a name like web or web-shop' }),
        z.maxLength(32),
      ),
  }),
  mode: z.optional(
    z.object({
      mode: z.enum(modes),
      client: z.optional(z.string()),
      project: z.optional(z.string()),
    }),
  ),
};

const AnyList = z.object({ connection: z.object({ kind: z.enum(['sqlite', 'mysql']) }) });

const NamedList = {
  sqlite: z.object({ connection: z.object({ kind: z.literal('sqlite'), path: text }), ...list }),
  mysql: z.object({
    connection: z.object({
      kind: z.literal('mysql'),
      host: text,
      port: z.int().check(z.minimum(1), z.maximum(65_535)),
      database: text,
      user: text,
      password: z.string(),
      tls: z.enum(['verify', 'off']),
      ca: z.optional(z.string()),
      socket: z.optional(z.string()),
    }),
    ...list,
  }),
};

const actor = text.check(z.maxLength(limits.actor));

const WithWorker = z.object({
  worker: z.object({
    actor,
    session: z.optional(text),
    agent: z.optional(text),
  }),
});

/**
 * Checks how a program names a list, by connection and workspace. `what` begins the error, which
 * names the first argument that is missing or wrong.
 *
 * @throws DocketError `invalid_input`
 */
export function checkListArguments(options: unknown, what: string): void {
  const { connection } = parseInput(AnyList, options, { what });
  parseInput(NamedList[connection.kind], options, { what });
}

/** Checks the worker that a program acts as. @throws DocketError `invalid_input` */
export function checkWorkerArgument(options: unknown, what: string): void {
  parseInput(WithWorker, options, { what });
}

const OfFolder = z.object({
  database: z.optional(text),
  env: z.optional(z.record(z.string(), z.optional(z.string()))),
});

/**
 * Checks what a program says beside a folder. `process.env` is no plain object, so its copy is
 * checked.
 *
 * @throws DocketError `invalid_input`
 */
export function checkFolderArguments(
  { env, ...options }: { readonly database: unknown; readonly env: unknown },
  what: string,
): void {
  const isObject = typeof env === 'object' && env !== null && !Array.isArray(env);
  parseInput(OfFolder, { ...options, env: isObject ? { ...env } : env }, { what });
}

const ForOrchestrator = z.object({
  actor,
  runner: z.object({
    run: z.custom((value) => typeof value === 'function', { error: 'is not a function' }),
  }),
  cwd: text,
});

/** Checks whom an orchestrator acts for, by what and where. @throws DocketError `invalid_input` */
export function checkOrchestratorArguments(options: unknown, what: string): void {
  parseInput(ForOrchestrator, options, { what });
}
