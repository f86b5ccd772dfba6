import type { EventView } from '../../model/answers/task.ts';
import { describeEvent } from '../task/events.ts';
import { clip } from '../text/safe-text.ts';
import { renderWho } from '../text/who.ts';

/** Code points of what happened. A block of Slack takes 3,000 units, and one sign can become five. */
const mostCharacters = 400;

/**
 * Renders an event for an incoming webhook of Slack. All of it is text: what people wrote can be no
 * mention, no link and no date, and no address in it becomes a link or shows a picture.
 */
export function renderSlack(event: EventView): object {
  const who = escapeSigns(renderWho(event));
  const what = escapeSigns(clip(describeEvent(event), mostCharacters));
  return {
    text: `${who} ${what}`,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${who}* ${what}`, verbatim: true } },
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** Escapes the three characters that begin all of Slack's own forms. */
function escapeSigns(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
