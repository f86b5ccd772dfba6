/**
 * The package's exports: a list and its operations, the orchestrator, its runners, and the words of
 * these. Nothing inside docket imports this file.
 */

export type { RunOutcome } from './model/answers/outcome.ts';
export type { OnProgress, Progress } from './model/answers/progress.ts';
export type { ReportAnswer, RunsAnswer, RunView } from './model/answers/run.ts';
export type { PlanAnswer, TaskView } from './model/answers/task.ts';
export type { Connection } from './model/connection.ts';
export { DocketError, type ErrorCode } from './model/errors.ts';
export type { Plan } from './model/plan/plan.ts';
export { parseReport, type Report } from './model/report/report.ts';
export { makePolicy, type Policy } from './model/run/policy.ts';
export {
  type AnswerOf,
  type CallOptions,
  type DatabaseOptions,
  type Docket,
  docketOn,
  type FolderOptions,
  type InputOf,
  type OperationName,
  openDocket,
  type ProgramWorker,
} from './operations/open-docket.ts';
export type { AgentRequest, AgentResult, AgentRunner } from './orchestrator/agents/agent-runner.ts';
export { ClaudeRunner } from './orchestrator/agents/claude-runner.ts';
export { FunctionRunner } from './orchestrator/agents/function-runner.ts';
export { openOrchestrator } from './orchestrator/open-orchestrator.ts';
export { Orchestrator } from './orchestrator/orchestrator.ts';
export { readBill } from './tracker/billing/bill.ts';
export { insightsFor } from './tracker/insights/insights.ts';
export { ensureRegistryEntries } from './tracker/registry/ensure.ts';
export type { ModeSettings } from './tracker/scope.ts';
