import * as z from 'zod/mini';
import { policyOfProject } from '../access/mode.ts';
import { Report } from '../model/report/report.ts';
import { recordReport } from '../tracker/agents/report.ts';
import { Key } from './fields.ts';
import { defineOperation } from './operation.ts';

export const report = defineOperation({
  name: 'report',
  access: 'manage',
  summary: "Record an agent's report on a task you claimed",
  input: z.strictObject({ task: Key, report: Report }),
  answer: () => import('../model/answers/run.ts').then(({ ReportAnswer }) => ReportAnswer),
  run: (list, { task, report }) =>
    recordReport(list.scope, task, report, { policy: policyOfProject(list) }),
});
