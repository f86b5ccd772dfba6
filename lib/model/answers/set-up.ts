import * as z from 'zod/mini';

/** Which list and database a folder means, and why. */
export const WhereAnswer = z.object({
  folder: z.string(),
  workspace: z.nullable(z.object({ id: z.string(), slug: z.string() })),
  workspaceFrom: z.string(),
  configFile: z.nullable(z.string()),
  /** Files below the one that counts. */
  shadowed: z.array(z.string()),
  ignored: z.array(z.object({ file: z.string(), reason: z.string() })),
  database: z.string(),
  databaseFrom: z.enum(['flag', 'environment', 'project', 'user', 'default']),
  /** Whom the database knows this person as; null for a file. */
  user: z.nullable(z.string()),
  /** Whether docket may connect to it. */
  approved: z.boolean(),
  /**
   * The URL of the database that the list has moved to; null where it lives there, or as far as is
   * known.
   */
  movedTo: z.nullable(z.string()),
  mode: z.nullable(z.enum(['msp', 'development', 'normal'])),
  session: z.string(),
  agent: z.string(),
  actor: z.string(),
});

/** The line as it is shown; empty where there is no list. */
export const StatusLineAnswer = z.object({ line: z.string() });

/** The script that a shell loads. */
export const CompletionAnswer = z.object({
  shell: z.enum(['bash', 'zsh', 'fish']),
  script: z.string(),
});

/** One thing that was looked at. */
export const CheckView = z.object({
  name: z.string(),
  status: z.enum(['ok', 'warn', 'fail']),
  message: z.string(),
  /** What to do about it. */
  next: z.optional(z.string()),
});

/** What a hook answered to a sample call. */
const TrialView = z.object({
  event: z.enum(['UserPromptSubmit', 'PreToolUse']),
  /** What the model would see. */
  text: z.optional(z.string()),
  /** What the person would see. */
  systemMessage: z.optional(z.string()),
  speakers: z.int(),
  milliseconds: z.number(),
  problems: z.array(z.string()),
  foreign: z.array(z.string()),
});

const examination = {
  healthy: z.boolean(),
  checks: z.array(CheckView),
  trials: z.array(TrialView),
};
export const DoctorAnswer = z.object({ folder: z.string(), ...examination });

const Approval = z.object({
  url: z.string(),
  tls: z.enum(['verify', 'off']),
  /** The user whom the person named with it. */
  user: z.optional(z.string()),
});

/** The approval that was given, or all that were. */
export const TrustAnswer = z.union([
  z.object({ approval: Approval }),
  z.object({ approvals: z.array(Approval) }),
]);

export const MigrateAnswer = z.object({
  database: z.string(),
  /** Schema version before; 0: an empty database. */
  from: z.int(),
  to: z.int(),
  applied: z.array(z.int()),
  /** The copy of a SQLite file from before. */
  copy: z.optional(z.string()),
});

/** What a server has now; the only place where the passwords of new users are shown. */
export const BootstrapAnswer = z.object({
  database: z.string(),
  madeDatabase: z.boolean(),
  schema: z.object({ from: z.int(), to: z.int(), applied: z.array(z.int()) }),
  /** Where the users may come from; `%` is every place. */
  from: z.string(),
  users: z.array(
    z.object({
      name: z.string(),
      role: z.enum(['everyday', 'migrations', 'backups']),
      change: z.enum(['made', 'new_password', 'kept']),
      password: z.optional(z.string()),
    }),
  ),
});

/** What happened to a file, or would in a dry run. */
const FileChangeView = z.object({
  path: z.string(),
  change: z.enum(['wrote', 'changed', 'removed']),
});
const changes = { changes: z.array(FileChangeView), dryRun: z.boolean() };

/** Of a project; of the person's own settings with `--user`. */
export const InitAnswer = z.union([
  z.object({
    folder: z.string(),
    workspace: z.object({
      id: z.string(),
      slug: z.string(),
      membership: z.enum(['new', 'joined', 'known']),
    }),
    database: z.string(),
    /** Whether the database had no tables of docket's, and has them now. */
    madeTables: z.boolean(),
    warnings: z.array(CheckView),
    /** With `--check`. */
    check: z.optional(z.object(examination)),
    ...changes,
  }),
  z.object({ warnings: z.array(CheckView), ...changes }),
]);

/** The settings file whose status line the person has changed, docket's in it. */
const keptStatusLine = z.nullable(z.string());

/** Of a project; of docket itself with `--all`; of the person's own settings with `--user`. */
export const UninstallAnswer = z.union([
  z.object({
    /** Projects with docket's files, and whether nothing was removed because of them. */
    projects: z.array(z.string()),
    isRefused: z.boolean(),
    removed: z.array(z.string()),
    keptLists: z.array(z.string()),
    keptFiles: z.array(z.string()),
    keptAgents: z.array(z.string()),
    keptStatusLine,
    ...changes,
  }),
  z.object({
    folder: z.string(),
    /** docket.json, where it holds more than docket wrote. */
    kept: z.nullable(z.string()),
    keptAgents: z.array(z.string()),
    /** Where the tasks stay. */
    database: z.nullable(z.string()),
    ...changes,
  }),
  z.object({
    keptAgents: z.array(z.string()),
    keptStatusLine,
    ...changes,
  }),
]);

export const HelpAnswer = z.object({ help: z.string() });
export const VersionAnswer = z.object({ version: z.string() });
