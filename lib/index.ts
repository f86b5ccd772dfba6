/**
 * The package's exports: a list and its operations, the orchestrator, its runners, and the words of
 * these. Nothing inside docket imports this file.
 */

export { type ConnectionOptions, parseConnection } from './config/parse-connection.ts';
export type {
  ChecklistAnswer,
  ChecklistItem,
  ChecklistProgress,
  ChecklistViewName,
  CompletionSummary,
} from './model/answers/checklist.ts';
export type { RunOutcome } from './model/answers/outcome.ts';
export type { OnProgress, Progress } from './model/answers/progress.ts';
export type { ReportAnswer, RunsAnswer, RunView } from './model/answers/run.ts';
export type {
  ClaimView,
  EventView,
  NoteView,
  PlanAnswer,
  TaskAnswer,
  TasksAnswer,
  TaskView,
} from './model/answers/task.ts';
export type { Connection, FileConnection, ServerConnection } from './model/connection.ts';
export { DocketError, type ErrorCode } from './model/errors.ts';
export type { Plan, PlannedStep, PlannedSubtask } from './model/plan/plan.ts';
export type { AgentReport } from './model/report/agent-report.gen.ts';
export { parseReport, type Report, type ReportedInsight } from './model/report/report.ts';
export { type Limits, makePolicy, type Policy, type Routing } from './model/run/policy.ts';
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
export type {
  AgentRequest,
  AgentResult,
  AgentRunner,
  AgentSettings,
  FailureReason,
  PlanningRequest,
  TaskRequest,
} from './orchestrator/agents/agent-runner.ts';
export { ClaudeRunner, type ClaudeRunnerOptions } from './orchestrator/agents/claude-runner.ts';
export {
  type AgentAnswer,
  type AgentFunction,
  FunctionRunner,
} from './orchestrator/agents/function-runner.ts';
export {
  type OpenOrchestrator,
  type OpenOrchestratorOptions,
  openOrchestrator,
} from './orchestrator/open-orchestrator.ts';
export type { OrchestratorOptions } from './orchestrator/orchestration.ts';
export { Orchestrator } from './orchestrator/orchestrator.ts';
export type { PlanRequest } from './orchestrator/plan-request.ts';
export type { RunOptions } from './orchestrator/run-plan.ts';
export type { EventsSince } from './tracker/reads/events-since.ts';
export type { ModeSettings, Scope } from './tracker/scope.ts';
