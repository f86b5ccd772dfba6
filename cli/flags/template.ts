import type { PlanAnswer } from '../../lib/model/answers/task.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { renderDone } from '../../lib/render/task/answer.ts';
import { renderHint } from '../../lib/render/text/hint.ts';
import { renderKey } from '../../lib/render/text/key.ts';
import { statusWords } from '../../lib/render/text/mark.ts';
import type { OutputStyle } from '../../lib/render/text/style.ts';
import type { Flags, FlagValues } from '../command/command.ts';

/** A plan that is made of a file of the project. */
export const templateFlags = {
  template: {
    type: 'string',
    value: 'NAME',
    description: 'plan what .claude/docket/plans/NAME.md says',
  },
  set: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    description: "a value for the template's {{NAME}}",
  },
  once: {
    type: 'string',
    value: 'WORD',
    description: 'make it once for this word, as cron runs it again and again: 2026-12',
  },
  templates: { type: 'boolean', description: 'list the templates, and what they ask for' },
} as const satisfies Flags;

/** Shows how a template is written. */
export const templateExample = `with .claude/docket/plans/backup-check.md, whose head has fields of a plan:
  ---
  description: See whether backups can be restored
  parameters:
    host: { description: the machine }
    depth: { default: one file, values: [one file, everything] }
  priority: 1
  ---
  # Check the backups of {{host}}
  - [ ] Restore {{depth}} (testing; agent: Coding Agent)
  - [ ] Write down how long it took (documentation; needs 1)`;

type Given = Pick<FlagValues<typeof templateFlags>, 'template' | 'set' | 'once' | 'templates'>;

/** Refuses flags that say nothing beside each other. @throws DocketError `usage` */
export function requireTemplateAlone(
  { template, set, once, templates }: Given,
  others: Readonly<Record<string, unknown>>,
): void {
  if (template === undefined && !templates) {
    if (set.length === 0 && once === undefined) return;
    throw new DocketError(
      'usage',
      `--${once === undefined ? 'set' : 'once'} goes with --template`,
      {
        hint: 'docket plan --templates',
      },
    );
  }
  const alone = { '--template': template, '--set': set.length > 0, '--once': once };
  const given: Readonly<Record<string, unknown>> = { ...others, ...(templates ? alone : {}) };
  const beside = Object.keys(given).filter(
    (name) => given[name] !== undefined && given[name] !== false,
  );
  if (beside.length === 0) return;
  throw new DocketError(
    'usage',
    `--${templates ? 'templates' : 'template'} does not go with ${beside.join(', ')}`,
    {
      hint: templates ? 'docket plan --templates' : 'docket plan --template NAME --set NAME=VALUE',
    },
  );
}

/** Reads `--set name=value` flags. @throws DocketError `usage` */
export function readSettings(settings: readonly string[]): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const setting of settings) {
    const at = setting.indexOf('=');
    const name = setting.slice(0, at).trim();
    if (at < 1 || name === '') {
      throw new DocketError('usage', `--set: ${JSON.stringify(setting)} is not NAME=VALUE`, {
        hint: "--set host=nas-1, and with spaces --set 'depth=one file'",
      });
    }
    if (values.has(name)) throw new DocketError('usage', `--set ${name} is given twice`);
    values.set(name, setting.slice(at + 1));
  }
  return Object.fromEntries(values);
}

/** Tells which plan a word stands for already, and how it is with that. */
export function renderExisting(
  { task }: PlanAnswer,
  once: string | undefined,
  style: OutputStyle,
): string {
  const key = renderKey(task.key);
  const next =
    task.status === 'cancelled'
      ? `docket reopen ${key} brings it back; another word makes another`
      : `docket checklist ${key}`;
  return [
    renderDone(`Made already for ${once}:`, task),
    `It is ${statusWords(task.status)}`,
    renderHint(next, style),
  ].join('\n');
}
