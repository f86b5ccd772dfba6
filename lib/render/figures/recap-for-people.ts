import type { HeldTask, RecapAnswer } from '../../model/answers/recap.ts';
import { firstParagraph } from '../../model/first-paragraph.ts';
import type { Status } from '../../model/task/task.ts';
import { type Fact, renderLines, type TaskLine } from '../task/line.ts';
import { renderAge, renderAgo } from '../text/age.ts';
import { withHint } from '../text/hint.ts';
import { safeLine } from '../text/safe-text.ts';
import { countRest } from '../text/section.ts';
import { type OutputStyle, type Paint, paint } from '../text/style.ts';
import { renderActor } from '../text/who.ts';
import { wrapSpans } from '../text/wrap.ts';

/** A task, and in words of its own below it what came of it or what keeps it. */
interface Told extends Pick<TaskLine, 'key' | 'title' | 'priority' | 'status' | 'paint'> {
  readonly client: string | null;
  readonly project: string | null;
  readonly facts: readonly string[];
  readonly below: string;
}

/** The number of tasks that each part names. */
const named = 10;

interface Section {
  readonly title: string;
  readonly tasks: readonly Told[];
  readonly total: number;
  /** The command that shows all. */
  readonly more: string;
}

/**
 * Tells people what was done lately, by whom and for whom, what is being worked on, what is stuck and
 * what comes next. It has no words of docket's own, so that it can be passed on.
 */
export function renderRecapForPeople(recap: RecapAnswer, style: OutputStyle): string {
  const sections = sectionsOf(recap).filter(({ total }) => total > 0);
  if (sections.length === 0) {
    return withHint('Nothing was done here yet.', 'docket create TITLE', style);
  }
  const texts = sections.map((section) => renderSection(section, recap, style).join('\n'));
  return texts.join('\n\n');
}

function sectionsOf(recap: RecapAnswer): readonly Section[] {
  const { sessions, othersInProgress, blocked, ready, at } = recap;
  const sum = (part: 'completed' | 'inProgress') =>
    sessions.reduce((total, session) => total + session[part].total, 0);
  const held = [
    ...sessions.flatMap(({ inProgress }) => inProgress.tasks),
    ...othersInProgress.tasks,
  ];
  return [
    {
      title: 'Done',
      tasks: sessions
        .flatMap(({ actor, completed }) => completed.tasks.map((task) => ({ actor, task })))
        .toSorted((a, b) => ((a.task.completedAt ?? '') < (b.task.completedAt ?? '') ? 1 : -1))
        .map(({ actor, task: { outcome, completedAt, ...task } }) =>
          tell(task, 'completed', {
            facts: [
              renderActor(actor, 40),
              ...(completedAt === null ? [] : [renderAgo(completedAt, at)]),
            ],
            below: firstParagraph(outcome ?? ''),
          }),
        ),
      total: sum('completed'),
      more: 'docket list --status completed --sort updated',
    },
    {
      title: 'Being worked on',
      tasks: held.map(({ claim, lastNote, ...task }) =>
        tell(task, 'in_progress', {
          facts: whoHolds(claim, at),
          below: firstParagraph(lastNote ?? ''),
          paint: claim.absence === null ? 'cyan' : 'yellow',
        }),
      ),
      total: sum('inProgress') + othersInProgress.total,
      more: 'docket list --status in_progress',
    },
    {
      title: 'Stuck',
      tasks: blocked.tasks.map(({ reason, since, ...task }) =>
        tell(task, 'blocked', {
          facts: since === null ? [] : [`since ${renderAgo(since, at)}`],
          below: reason,
        }),
      ),
      total: blocked.total,
      more: 'docket list --status blocked',
    },
    {
      title: 'Next',
      tasks: ready.tasks.map((task) => tell(task, 'pending', { facts: [], below: '' })),
      total: ready.total,
      more: 'docket ready',
    },
  ];
}

function tell(
  task: Omit<Told, 'status' | 'facts' | 'below' | 'paint'>,
  status: Status,
  words: { readonly facts: readonly string[]; readonly below: string; readonly paint?: Paint },
): Told {
  return { ...task, status, ...words };
}

/** Says who works on a task and for how long, or for how long nobody was seen to. */
function whoHolds({ actor, absence, since, lastSeenAt }: HeldTask['claim'], at: string) {
  const who = renderActor(actor, 40);
  return absence === null
    ? [who, renderAge(since, at)]
    : [`${who}, last seen ${renderAgo(lastSeenAt ?? since, at)}`];
}

function renderSection(
  { title, tasks: found, total, more }: Section,
  { totalLimit }: RecapAnswer,
  style: OutputStyle,
): readonly string[] {
  const tasks = found.slice(0, named);
  const sign = total >= totalLimit ? '+' : '';
  const heads = renderLines(
    tasks.map((task) => ({ ...task, facts: factsOf(task) })),
    style,
  );
  const left = countRest({ shown: tasks.length, total, totalLimit });
  return [
    paint(style, 'bold', `${title} (${total}${sign})`),
    ...tasks.flatMap(({ below }, index) => [heads[index] ?? '', ...renderBelow(below, style)]),
    ...(left === undefined ? [] : [paint(style, 'dim', `+${left} more: ${more}`)]),
  ];
}

function factsOf({ client, project, facts }: Told): readonly Fact[] {
  return [
    ...facts,
    ...(client === null ? [] : [`for ${safeLine(client, 40)}`]),
    ...(project === null ? [] : [`project ${safeLine(project, 40)}`]),
  ];
}

const indent = '    ';

function renderBelow(text: string, style: OutputStyle): readonly string[] {
  const line = safeLine(text, 300);
  if (line === '') return [];
  return wrapSpans([{ text: `${indent}${line}` }], { style, hang: indent.length });
}
