/**
 * What the package exports: the orchestrator, its runners, and the words that it speaks. Nothing
 * inside docket imports this.
 */
export type { Connection } from './model/connection.ts';
export { DocketError, type ErrorCode } from './model/errors.ts';
export type { PlanAnswer, TaskView } from './model/output.ts';
export type { Plan } from './model/plan.ts';
export { makePolicy, type Policy } from './model/policy.ts';
export type { OnProgress, Progress } from './model/progress.ts';
export { parseReport, type Report } from './model/report.ts';
export type { RunOutcome } from './model/run-outcome.ts';
export type { ReportAnswer, RunsAnswer, RunView } from './model/run-output.ts';
export type { AgentRequest, AgentResult, AgentRunner } from './orchestrator/agents/agent-runner.ts';
export { ClaudeRunner } from './orchestrator/agents/claude-runner.ts';
export { FunctionRunner } from './orchestrator/agents/function-runner.ts';
export { openOrchestrator } from './orchestrator/open-orchestrator.ts';
export { Orchestrator } from './orchestrator/orchestrator.ts';
export { readBill } from './tracker/bill.ts';
export { ensureSubjects } from './tracker/ensure-subjects.ts';
export { insightsFor } from './tracker/insights.ts';
export type { ModeSettings } from './tracker/scope.ts';
