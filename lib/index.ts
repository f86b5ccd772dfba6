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
export type { QueuedAnswer } from './model/answers/queued.ts';
export type { ReportAnswer, ReportNext, RunsAnswer, RunView } from './model/answers/run.ts';
export type {
  ClaimView,
  EventView,
  NoteView,
  PlanAnswer,
  TaskAnswer,
  TasksAnswer,
  TaskView,
} from './model/answers/task.ts';
export type { Connection, FileConnection, Host, ServerConnection } from './model/connection.ts';
export { DocketError, type ErrorCode } from './model/errors.ts';
export type { ProcessProbe } from './model/liveness.ts';
export type { Mode } from './model/mode.ts';
export type { Plan, PlannedStep, PlannedSubtask } from './model/plan/plan.ts';
export type { QueuedVerb } from './model/queued-verbs.ts';
export type { AgentReport } from './model/report/agent-report.gen.ts';
export { parseReport, type Report, type ReportedInsight } from './model/report/report.ts';
export type { Hindrance } from './model/run/hindrance.ts';
export type { PermissionMode } from './model/run/permission-mode.ts';
export {
  type Limits,
  makePolicy,
  type Policy,
  type PolicyOptions,
  type Routing,
} from './model/run/policy.ts';
export type { RunRole } from './model/run/run.ts';
export type { TaskInput } from './model/task/input.ts';
export type { Priority, Status, TaskType, Worker } from './model/task/task.ts';
export type { CallOptions, Docket, QueueingDocket } from './operations/docket.ts';
export type { FollowOptions } from './operations/follow-events.ts';
export {
  type ForeignFormat,
  type ForeignSource,
  importTasksFrom,
} from './operations/import-tasks.ts';
export {
  type Copied,
  type CopyOptions,
  copyList,
  type Exported,
  exportList,
  importList,
  type ListPlace,
} from './operations/move-list.ts';
export { docketOn, openDocket } from './operations/open-docket.ts';
export type { Watch } from './operations/operation.ts';
export type { AnswerOf, AnswerTo, InputOf, OperationName } from './operations/operation-types.ts';
export type {
  DatabaseOptions,
  FolderOptions,
  ProgramWorker,
  QueueingOptions,
} from './operations/program-options.ts';
export {
  type ChecklistTextOptions,
  renderChecklist,
  renderOutcome,
  renderProgress,
  type TextOptions,
} from './operations/program-texts.ts';
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
export type { OrchestratorOptions, UnrecordedReport } from './orchestrator/orchestration.ts';
export { Orchestrator } from './orchestrator/orchestrator.ts';
export type { PlanRequest } from './orchestrator/plan-request.ts';
export type { RunOptions } from './orchestrator/run-plan.ts';
export type { WorkspaceName } from './tracker/database/join-workspace.ts';
export type { ImportedTasks } from './tracker/moving/import-tasks.ts';
export type { Moved, MovingOptions } from './tracker/moving/move-list.ts';
export type { Counts, MovingProgress, OnMoving, Tally } from './tracker/moving/moved-list.ts';
export type { EventsSince } from './tracker/reads/events-since.ts';
export type { SessionStart } from './tracker/runs/sessions.ts';
export type { ModeSettings, Scope } from './tracker/scope.ts';
