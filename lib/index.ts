/**
 * The package's exports: a list and its operations, the orchestrator, its runners, and the words of
 * these. Nothing inside docket imports this file.
 */

export { type ConnectionOptions, parseConnection } from './config/parse-connection.ts';
export type { RunOutcome } from './model/answers/outcome.ts';
export type { OnProgress, Progress } from './model/answers/progress.ts';
export type { ReportAnswer, RunsAnswer, RunView } from './model/answers/run.ts';
export type { PlanAnswer, TaskView } from './model/answers/task.ts';
export type { Connection, FileConnection, ServerConnection } from './model/connection.ts';
export { DocketError, type ErrorCode } from './model/errors.ts';
export type { Plan } from './model/plan/plan.ts';
export { parseReport, type Report } from './model/report/report.ts';
export { makePolicy, type Policy } from './model/run/policy.ts';
export type { FollowOptions } from './operations/follow-events.ts';
export {
  type AnswerOf,
  type AnswerTo,
  type CallOptions,
  type Docket,
  docketOn,
  type InputOf,
  type OperationName,
  openDocket,
} from './operations/open-docket.ts';
export type {
  DatabaseOptions,
  FolderOptions,
  ProgramWorker,
} from './operations/program-options.ts';
export type { AgentRequest, AgentResult, AgentRunner } from './orchestrator/agents/agent-runner.ts';
export { ClaudeRunner } from './orchestrator/agents/claude-runner.ts';
export { FunctionRunner } from './orchestrator/agents/function-runner.ts';
export { openOrchestrator } from './orchestrator/open-orchestrator.ts';
export { Orchestrator } from './orchestrator/orchestrator.ts';
export { readBill } from './tracker/billing/bill.ts';
export { insightsFor } from './tracker/insights/insights.ts';
export { ensureRegistryEntries } from './tracker/registry/ensure.ts';
export type { ModeSettings, Scope } from './tracker/scope.ts';
