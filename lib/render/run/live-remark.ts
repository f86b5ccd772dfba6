import type { Progress } from '../../model/answers/progress.ts';
import { renderLocalTime } from '../text/age.ts';
import { safeLine } from '../text/safe-text.ts';
import { type Paint, plainStyle } from '../text/style.ts';
import { renderProgress, renderStopping } from './progress-line.ts';

/** What whoever watches should know beside the steps. */
export type LiveRemark =
  | { readonly kind: 'working' | 'stopping' | 'ended' }
  | Extract<Progress, { kind: 'waiting' }>
  /** The database cannot be read since a time, an ISO text. */
  | { readonly kind: 'away'; readonly since: string; readonly message: string };

/** Says a remark as safe text, which is empty where there is none; `key` is the plan's. */
export function spellRemark(
  remark: LiveRemark,
  { key, now }: { readonly key: string; readonly now: string },
): readonly [text: string, colour: Paint] {
  switch (remark.kind) {
    case 'ended':
      return ['', 'dim'];
    case 'working':
      return [`  Ctrl-C stops; docket run ${key} goes on later`, 'dim'];
    case 'stopping':
      return [renderStopping(key), 'yellow'];
    case 'waiting':
      return [renderProgress(remark, plainStyle, now), 'yellow'];
    case 'away': {
      const since = renderLocalTime(remark.since, now);
      return [
        `Not up to date since ${since}, trying again: ${safeLine(remark.message, 200)}`,
        'yellow',
      ];
    }
  }
}
