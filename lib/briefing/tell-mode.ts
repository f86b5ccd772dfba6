import { modes } from '../model/mode.ts';
import { renderMode } from '../render/prompt/mode.ts';
import { readModeFacts } from '../tracker/insights/mode-facts.ts';
import type { ModeSettings, Scope } from '../tracker/scope.ts';

/**
 * Tells a session for whom the tasks of its project are, by the project's docket.json, and what is
 * known of them. The names are as the file has them: commands refuse what is wrong there.
 *
 * @param list missing while the database is away: what it knows is not told then.
 * @returns undefined where the project says no mode.
 */
export async function tellMode(
  config: Readonly<Record<string, unknown>>,
  list: Pick<Scope, 'store' | 'workspaceId'> | undefined,
): Promise<string | undefined> {
  const mode = modes.find((each) => each === config.mode);
  if (mode === undefined) return undefined;
  const isNormal = mode === 'normal';
  const settings: ModeSettings = {
    mode,
    client: isNormal ? undefined : nameIn(config.client),
    project: isNormal ? undefined : nameIn(config.project),
  };
  return renderMode(settings, list && (await readModeFacts(list, settings)));
}

function nameIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
