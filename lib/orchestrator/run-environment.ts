import type { RunView } from '../model/answers/run.ts';
import type { Orchestration } from './orchestration.ts';

type Environment = Readonly<Record<string, string>>;

interface Place extends Pick<Orchestration, 'env'> {
  readonly scope: Pick<Orchestration['scope'], 'workspaceId'>;
}

/** Gives the environment of the agent of a run: the run and its task, for docket and telemetry. */
export function runEnvironment(
  { scope, env }: Place,
  key: string,
  { id, role, attempt }: Pick<RunView, 'id' | 'role' | 'attempt'>,
): Environment {
  return {
    ...withAttributes(env, {
      'docket.workspace.id': scope.workspaceId,
      'docket.task.key': key,
      'docket.run.id': id,
      'docket.run.role': role,
      'docket.run.attempt': `${attempt}`,
    }),
    DOCKET_RUN: id,
    DOCKET_TASK: key,
  };
}

/** Gives the environment of an agent that plans: there is no task yet. */
export function planEnvironment({ scope, env }: Place): Environment {
  return withAttributes(env, {
    'docket.workspace.id': scope.workspaceId,
    'docket.run.role': 'plan',
  });
}

/** The variable by which OpenTelemetry's programs, Claude Code among them, are told attributes. */
const variable = 'OTEL_RESOURCE_ATTRIBUTES';

/**
 * Tells telemetry of an agent, by keys and ids alone and never by what somebody wrote. What the
 * environment says already stays, but for docket's own: that is of the agent which started this
 * orchestrator.
 */
function withAttributes(env: Environment, attributes: Environment): Environment {
  const kept = (env[variable] ?? '')
    .split(',')
    .filter((entry) => entry.trim() !== '' && !entry.trimStart().startsWith('docket.'));
  const own = Object.entries(attributes).map(([name, value]) => `${name}=${encode(value)}`);
  return { ...env, [variable]: [...kept, ...own].join(',') };
}

/** Encodes a value as a header of W3C Baggage has it, which is the form of the variable. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}
