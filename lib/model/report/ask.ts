import { commonFields } from './fields.ts';

/** Says how an agent that its session started reports; `fields` are those of its task's type. */
export function askForReport(fields: readonly string[] = commonFields): string {
  const more = fields.filter((name) => name !== 'status' && name !== 'outcome');
  return `End with your report, the last thing that you say, in a code block of JSON:
\`\`\`json
{"status": "completed|blocked|failed|needs_review", "outcome": "WHAT CAME OF IT"}
\`\`\`
It may have: ${more.join(', ')}. What is left to do goes into follow_ups, what you need into blockers.`;
}
