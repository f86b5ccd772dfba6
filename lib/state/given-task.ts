import { createPrivately } from '../filesystem/atomic-write.ts';
import { fileNameOf, readState, writeState } from './state-file.ts';

/** The task that a call of the Agent tool gives to the agent which it starts. */
export interface GivenTask {
  readonly key: string;
  /** The run that the agent is to report on; missing for its helpers, and once it has reported. */
  readonly run?: string;
  /** Whether the session was told that the agent is gone without a report. */
  readonly isLeft?: boolean;
}

export interface AgentCall {
  readonly sessionId: string;
  /** The id of the tool call, by which Claude Code tells later which agent it started. */
  readonly call: string;
}

function fileOf(stateFolder: string, { sessionId, call }: AgentCall): string {
  return `${stateFolder}/given/${fileNameOf(`${call} ${sessionId}`)}.json`;
}

/** Remembers it; false when it could not, and then nobody holds the agent to it. */
export function keepGivenTask(stateFolder: string, call: AgentCall, task: GivenTask): boolean {
  return writeState(fileOf(stateFolder, call), task);
}

/** Marks a run as given to an agent; false when it was before, so that of two at once one gets it. */
export function markGiven(stateFolder: string, run: string): boolean {
  try {
    createPrivately(`${stateFolder}/given/${fileNameOf(run)}.json`, '', 'wx');
    return true;
  } catch {
    return false;
  }
}

export function findGivenTask(stateFolder: string, call: AgentCall): GivenTask | undefined {
  const task = readState<GivenTask>(fileOf(stateFolder, call));
  return isGivenTask(task) ? task : undefined;
}

function isGivenTask(value: unknown): value is GivenTask {
  if (typeof value !== 'object' || value === null) return false;
  const { key, run } = value as Record<string, unknown>;
  return typeof key === 'string' && (run === undefined || typeof run === 'string');
}
