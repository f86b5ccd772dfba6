import * as z from 'zod/mini';
import { reportSchema } from '../model/report/report.ts';
import type { RunRole } from '../model/run/run.ts';
import type { TaskType } from '../model/task/task.ts';

/**
 * Makes the JSON schema of the report that an agent is asked for. It is stricter than what is
 * accepted: an agent is asked for an outcome, and a reviewer for its verdict.
 */
export function agentReportSchema(type: TaskType, role: RunRole): object {
  const { $schema: _, ...schema } = z.toJSONSchema(
    reportSchema(role === 'review' ? 'review' : type),
    {
      io: 'input',
    },
  );
  const wanted = role === 'review' ? ['status', 'outcome', 'approval'] : ['status', 'outcome'];
  return { ...schema, required: wanted };
}
