import type { ChecklistProgress, CompletionSummary } from '../../model/answers/checklist.ts';
import type { Checklist } from '../../model/checklist/build.ts';
import { leavesOf } from '../../model/checklist/build.ts';
import { firstParagraph } from '../../model/first-paragraph.ts';
import { renderMinutes } from '../text/duration.ts';
import { section } from '../text/section.ts';
import type { Detail } from './layout.ts';
import { type Layout, lineOf } from './layout.ts';
import { headingLine, renderLine, titleOf } from './line.ts';
import { renderPassages } from './passages.ts';
import { statusTitle } from './words.ts';

const filesShown = 20;
const factsShown = 10;
const cancelledShown = 20;

/** Shows the results of the whole, so far or in the end. */
export function renderSummary(checklist: Checklist, layout: Layout): readonly string[] {
  const { summary } = checklist;
  return [
    headingLine(statusTitle(checklist.status), checklist, layout),
    ...outcomeLines(checklist, layout),
    '',
    '**Work Summary:**',
    ...factLines(checklist, layout).map((text) => renderLine({ bullet: '- ', text }, layout)),
    ...section('**What was built:**', renderPassages(summary.built, layout)),
    ...section('**What was fixed:**', renderPassages(summary.fixed, layout)),
    ...section('**Deployment:**', renderPassages(summary.deployment, layout)),
    ...section('**Testing:**', renderPassages(summary.testing, layout)),
    ...section('**Documentation:**', renderPassages(summary.documentation, layout)),
    ...section('**Cancelled:**', cancelledLines(checklist, layout)),
  ];
}

function outcomeLines({ status, summary }: Checklist, layout: Layout): readonly string[] {
  const outcome = lineOf(firstParagraph(summary.outcome ?? ''), 500, layout);
  if (outcome === '') return [];
  const words = status === 'cancelled' ? 'Reason' : 'Outcome';
  return ['', renderLine({ text: `${words}: ${outcome}` }, layout)];
}

function factLines({ summary, progress }: Checklist, layout: Layout): readonly Detail[] {
  const names = (words: string, list: readonly string[]) =>
    list.length === 0 ? [] : [{ label: `${words}: `, names: list, most: filesShown }];
  return [
    `Total time: ${timeWords(summary)}`,
    `Tasks completed: ${completedWords(progress)}`,
    ...(progress.cancelled === 0 ? [] : [`Tasks cancelled: ${progress.cancelled}`]),
    ...names('Files created', summary.filesCreated),
    ...names('Files modified', summary.filesModified),
    ...names('Dependencies added', summary.dependenciesAdded),
    ...names('Deployed to', summary.deployedTo),
    ...otherFacts(summary, layout),
    ...(summary.productionReady === null
      ? []
      : [`Production ready: ${summary.productionReady ? 'yes' : 'no'}`]),
  ];
}

function timeWords({ minutes, billable, billableMinutes }: CompletionSummary): string {
  const time = minutes === null ? 'not recorded' : renderMinutes(minutes);
  if (!billable) return `${time} (not billable)`;
  const differs = billableMinutes !== null && billableMinutes !== (minutes ?? 0);
  // Nothing billed is no short time.
  const billed = billableMinutes === 0 ? '0 min' : renderMinutes(billableMinutes ?? 0);
  return `${time} (billable${differs ? `: ${billed}` : ''})`;
}

function completedWords({ cancelled: _, completed, ...open }: ChecklistProgress): string {
  const left = open.inProgress + open.blocked + open.pending;
  return left === 0 ? String(completed) : `${completed} of ${completed + left}`;
}

/** Renders facts by their field names: `Alert threshold: 30 minutes` for alert_threshold. */
function otherFacts({ facts }: CompletionSummary, layout: Layout): readonly string[] {
  const left = facts.length - factsShown;
  return [
    ...facts.slice(0, factsShown).map(({ name, value }) => {
      const words = name.replaceAll('_', ' ').trim();
      return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${lineOf(value, 120, layout)}`;
    }),
    ...(left > 0 ? [`+${left} more`] : []),
  ];
}

function cancelledLines({ items }: Checklist, layout: Layout): readonly string[] {
  const cancelled = leavesOf(items).filter(({ status }) => status === 'cancelled');
  const left = cancelled.length - cancelledShown;
  return [
    ...cancelled.slice(0, cancelledShown).map(({ title, reason }) =>
      renderLine(
        {
          bullet: '- ',
          sign: '[-]',
          signPaint: 'dim',
          text: titleOf(title, layout),
          tail: lineOf(reason ?? '', 120, layout) || undefined,
        },
        layout,
      ),
    ),
    ...(left > 0 ? [`- +${left} more`] : []),
  ];
}
