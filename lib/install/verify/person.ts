import { chmodSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { credentialsFile } from '../../config/credentials.ts';
import { databaseUrl } from '../../config/database.ts';
import { dataFolder, type Env } from '../../config/paths.ts';
import { approve } from '../../config/trust.ts';
import { createPrivately } from '../../filesystem/atomic-write.ts';
import { isLocalFile } from '../../model/connection.ts';
import { shellWord } from '../../model/shell-word.ts';
import { matchesTool } from '../../settings/claude/match-tool.ts';
import type { WorkspaceName } from '../../tracker/database/join-workspace.ts';
import { runHookEntry } from '../checks/run-hook-entry.ts';
import { launcherText, projectTemplate } from '../embedded.gen.ts';
import { installationOf } from '../installation.ts';
import { launcherFile } from '../own-files.ts';
import { hooksIn } from '../parts/claude-settings.ts';
import { ownStart } from '../parts/own-launcher.ts';
import { renderProjectConfig } from '../parts/project-config.ts';
import { runProcess } from '../parts/run-process.ts';
import type { Access } from './access.ts';
import { type Answered, type HookSaid, readHook } from './answers.ts';
import { PhaseFailure } from './phase-failure.ts';

/** Where a command or a hook runs, the person's own session in their project by default. */
interface Place {
  readonly session?: string;
  readonly folder?: string;
}

type Event = 'SessionStart' | 'UserPromptSubmit' | 'PreToolUse' | 'PermissionRequest';

/** Somebody with a home and a project of their own, and this machine's docket. */
export interface Person {
  readonly actor: string;
  readonly session: string;
  readonly project: string;
  /** Runs docket's command in a process, as the Bash tool of a session does. */
  docket(args: readonly string[], place?: Place): Promise<Answered>;
  /** Drops what was queued while the database was away: commands after it would send it first. */
  forgetQueued(): void;
  /** Starts docket's hook for an event in a process, as Claude Code does. @throws PhaseFailure */
  hook(event: Event, fields: Readonly<Record<string, unknown>>, place?: Place): Promise<HookSaid>;
}

export interface PersonOptions {
  readonly actor: string;
  readonly session: string;
  /** The environment of who verifies, and the folder that becomes the home. */
  readonly env: Env;
  readonly home: string;
  readonly workspace: WorkspaceName;
  readonly access: Access;
  readonly signal: AbortSignal;
  /** Hears what is worth knowing and no failure. */
  remark(text: string): void;
}

/** Seconds after which a command is ended: longer than any server may keep it waiting. */
const longestCommand = 90;

/** Makes the home and the project, as `docket init` and `docket trust` leave them. */
export function makePerson(options: PersonOptions): Person {
  const { actor, session, home, access, signal, remark } = options;
  const project = join(home, 'project');
  const env = environmentOf(options);
  const { current, command } = installationOf(options.env);
  const own = installationOf(env).current;
  mkdirSync(dirname(own), { recursive: true, mode: 0o700 });
  // The version that is current now, for all of it.
  symlinkSync(realpathSync(current), own);
  writeProject(project, options);
  approve(env, access.database);
  writeWay(env, access);

  function sessionEnv(id: string): Env {
    return {
      ...env,
      ...{ CLAUDECODE: '1', CLAUDE_CODE_ENTRYPOINT: 'cli', CLAUDE_CODE_SESSION_ID: id },
      // So the session lives as long as this process.
      CLAUDE_PID: String(process.pid),
    };
  }

  function told(run: Answered, as: string): Answered {
    const { tell } = access;
    return { ...run, command: as, stdout: tell(run.stdout), stderr: tell(run.stderr) };
  }

  return {
    actor,
    session,
    project,
    async docket(args, place = {}) {
      const run = await runProcess(
        { file: command, args: [...args, '--json'] },
        {
          ...{ folder: place.folder ?? project, stdin: '', seconds: longestCommand, signal },
          env: sessionEnv(place.session ?? session),
        },
      );
      return told(run, ['docket', ...args.map(asTyped)].join(' '));
    },
    forgetQueued: () => rmSync(join(dataFolder(env), 'outbox'), { recursive: true, force: true }),
    async hook(event, fields, place = {}) {
      const id = place.session ?? session;
      const folder = place.folder ?? project;
      const { hook } = entryFor(event, fields.tool_name);
      const start = ownStart(hook, { folder: project, env });
      if (start === undefined) throw new PhaseFailure(`the hook of ${event} is not docket's own`);
      const run = await runHookEntry(start, {
        // Longer than Claude Code waits: on a busy machine that is worth a word, and proves nothing.
        ...{ folder, signal, timeout: undefined },
        env: { ...sessionEnv(id), CLAUDE_PROJECT_DIR: project },
        input: {
          ...{ session_id: id, transcript_path: join(home, 'none'), cwd: folder },
          ...{ permission_mode: 'default', hook_event_name: event },
          ...fields,
        },
      });
      const granted = typeof hook.timeout === 'number' ? hook.timeout : Number.POSITIVE_INFINITY;
      if (run.milliseconds > granted * 1_000) {
        const took = (run.milliseconds / 1_000).toFixed(1);
        remark(`the hook of ${event} took ${took} s, and Claude Code waits ${granted} s for it`);
      }
      return readHook(told(run, `of ${event}`));
    },
  };
}

function asTyped(word: string): string {
  return /^[\w.:/=-]+$/.test(word) ? word : shellWord(word);
}

/** Finds the entry that docket has for an event, as `docket init` writes it. */
function entryFor(event: Event, tool: unknown) {
  const entry = hooksIn({ value: projectTemplate }).find(
    ({ hook, matcher, ...entry }) =>
      entry.event === event &&
      hook.async !== true &&
      (typeof tool !== 'string' || matchesTool(matcher, tool)),
  );
  if (entry === undefined) throw new PhaseFailure(`docket has no hook of ${event}`);
  return entry;
}

/** What is of Claude Code, of docket, of git, or would lead to the person's own folders. */
const ofOthers = /^(CLAUDE|AI_AGENT|ANTHROPIC|DOCKET_|XDG_|GIT_|NODE_OPTIONS$|HOME$)/;

function environmentOf({ env, home, actor, access: { connection } }: PersonOptions): Env {
  const outer = Object.entries(env).filter(([name]) => !ofOthers.test(name));
  const login = isLocalFile(connection)
    ? {}
    : { DOCKET_USER: connection.user, DOCKET_PASSWORD: connection.password };
  return { ...Object.fromEntries(outer), HOME: home, DOCKET_ACTOR: actor, ...login };
}

function writeProject(project: string, { workspace, access }: PersonOptions): void {
  const launcher = launcherFile(project);
  mkdirSync(dirname(launcher), { recursive: true });
  writeFileSync(launcher, launcherText);
  chmodSync(launcher, 0o755);
  const database = databaseUrl(access.database);
  const config = renderProjectConfig(undefined, { workspace, database });
  writeFileSync(join(project, '.claude', 'docket.json'), config);
  writeFileSync(join(project, '.claude', 'settings.json'), JSON.stringify(projectTemplate));
}

/** Says how the server is reached. The password goes from process to process and into no file. */
function writeWay(env: Env, { connection, database }: Access): void {
  if (isLocalFile(connection)) return;
  const { socket, ca } = connection;
  if (socket === undefined) return;
  const file = credentialsFile(env);
  const authorities = join(dirname(file), 'ca.pem');
  if (ca !== undefined) createPrivately(authorities, ca);
  const way = { socket, ...(ca === undefined ? {} : { ca: authorities }) };
  createPrivately(file, JSON.stringify({ [databaseUrl(database)]: way }));
}
