import type { Env } from '../config/paths.ts';
import { absenceAt } from '../model/prompt/known.ts';
import type { PromptList } from '../model/prompt/list.ts';
import { spellSpan } from '../model/span.ts';
import { renderStatusLine } from '../render/prompt/status-line.ts';
import { safeLine } from '../render/text/safe-text.ts';
import type { OutputStyle } from '../render/text/style.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import type { HookContext } from './hook-context.ts';
import { createLastList, readList } from './read-list.ts';

/** The line for a person, and for how many seconds it will do. */
export interface StatusLine {
  readonly line: string;
  readonly keepFor: number;
}

/**
 * The seconds after which a list is read again: where there is one, where it is away, where none is.
 * What commands on this machine change is seen at once: the script looks at the last list's file.
 */
const every = { list: 15, away: 15, none: 60 } as const;

/**
 * Reads the list for a session's status line, within a hook's deadline and behind its breaker.
 * While the database cannot be used the line says so, and shows the last list with its age.
 *
 * @throws DocketError `not_trusted`, `invalid_config`
 */
export async function readStatusLine(
  hook: HookContext,
  { env, now, style }: { readonly env: Env; readonly now: number; readonly style: OutputStyle },
): Promise<StatusLine> {
  const lastList = createLastList(hook);
  const probe = createProcessProbe();
  const show = (list: PromptList, away?: string) =>
    renderStatusLine(list, {
      ...{ session: hook.sessionId, absence: absenceAt(list, probe), style, away },
    });
  const result = await readList(hook, env, { now, lastList });
  switch (result.kind) {
    case 'fresh':
      return { line: show(result.list), keepFor: every.list };
    case 'none':
      return { line: '', keepFor: every.none };
    default: {
      const last = lastList();
      const line =
        last === undefined
          ? `docket ${safeLine(hook.context.workspace.slug, 24)}: database away`
          : show(last.list, spellSpan(now - last.readAt));
      return { line, keepFor: every.away };
    }
  }
}
