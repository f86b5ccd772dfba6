import type { DeadEvent, NotifyAnswer, NotifyTarget } from '../../model/notify/answer.ts';
import { renderLocalTime, renderWhen } from '../text/age.ts';
import { renderHint } from '../text/hint.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderRows } from '../text/table.ts';

/** Shows the targets of a list and how far each is. Neither secrets nor whole addresses are shown. */
export function renderTargets(
  { targets }: Pick<NotifyAnswer, 'targets'>,
  { style, now }: { readonly style: OutputStyle; readonly now: string },
): string {
  const rows = targets.map((target) => [
    { text: target.name, paint: 'bold' } as const,
    safeLine(target.origin, 300),
    [
      target.format,
      ...(target.signed ? ['signed'] : []),
      ...(target.private ? ['private'] : []),
    ].join(', '),
    stateOf(target, now),
  ]);
  const lines = renderRows(rows, [{}, { gives: true }, {}, { gives: true }], style);
  const dead = targets.reduce((sum, target) => sum + target.dead, 0);
  return [
    ...lines.flatMap((line, index) => [line, ...onlyLine(targets[index], style)]),
    ...(dead === 0 ? [] : [`${dead === 1 ? '1 event was' : `${dead} events were`} given up`]),
    ...(dead === 0 ? [] : [renderHint('docket notify --dead', style)]),
  ].join('\n');
}

function onlyLine(target: NotifyTarget | undefined, style: OutputStyle): readonly string[] {
  const said = Object.entries(target?.only ?? {}).flatMap(([name, words]) =>
    words === null ? [] : `${name} ${words.map((word) => safeLine(word, 60)).join(', ')}`,
  );
  return said.length === 0 ? [] : [paint(style, 'dim', `  only ${said.join('; ')}`)];
}

function stateOf({ state, sent, cursor, reason, nextAt }: NotifyTarget, now: string): string {
  const count = sent === 0 ? '' : `sent ${sent}, `;
  const why = safeLine(reason ?? '', 200);
  if (cursor === null) return 'has not begun';
  if (state === 'ready') return `${count}told up to event ${cursor}`;
  if (state === 'gone') return `${count}gone after event ${cursor}: ${why}`;
  const next = nextAt === null ? '' : `, again at ${renderLocalTime(nextAt, now)}`;
  return `${count}waiting after event ${cursor}: ${why}${next}`;
}

/** Lists the events that were given up. */
export function renderDead(
  dead: readonly DeadEvent[],
  { style, now }: { readonly style: OutputStyle; readonly now: string },
): string {
  if (dead.length === 0) return 'No event was given up.';
  const rows = dead.map(({ target, seq, verb, task, title, reason, at }) => [
    { text: target, paint: 'bold' } as const,
    `event ${seq}`,
    renderWhen(at, now),
    [safeLine(verb, 40), task === null ? '' : renderKey(task), safeLine(title ?? '', 60)]
      .join(' ')
      .trim(),
    safeLine(reason, 200),
  ]);
  const columns = [{}, {}, {}, { gives: true }, { gives: true }];
  return [
    ...renderRows(rows, columns, style),
    renderHint('docket notify --dead --retry', style),
  ].join('\n');
}
