import { isRecord } from '../json-value.ts';
import { guardEvents, hookEvents } from './hook-events.ts';

const depth = 3;

/** The keys of a settings file under which anything may lie. */
const freeKeys: ReadonlySet<string> = new Set([
  ...['hooks', 'mcpServers', 'managedMcpServers', 'lspServers', 'pluginConfigs', 'enabledPlugins'],
  ...['extraKnownMarketplaces', 'env', 'skillOverrides', 'modelSettings'],
]);

interface Where {
  /** Whether something with the shape of a hook group counts by itself. */
  readonly groups: boolean;
  readonly levels: number;
}

/**
 * Whether a settings file has hooks that guard permissions, or groups of hooks, outside `hooks`.
 * Claude Code looks for them three levels deep, and ignores the whole file then.
 */
export function hasStrayGuards(file: Readonly<Record<string, unknown>>): boolean {
  return (
    namesGuard(file) ||
    Object.entries(file).some(
      ([key, value]) =>
        !freeKeys.has(key) && holdsGuards(value, { groups: !hookEvents.has(key), levels: depth }),
    )
  );
}

/** Whether a value that stands where no hook can be holds hooks that guard permissions. */
export function holdsGuards(value: unknown, where: Partial<Where> = {}): boolean {
  const { groups = false, levels = depth } = where;
  if (namesGuard(value) || (groups && isGroup(value))) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) {
    return value.some((item) => holdsGuards(item, { groups, levels: levels - 1 }));
  }
  return (
    isRecord(value) &&
    Object.entries(value).some(([key, item]) =>
      holdsGuards(item, { groups: groups && !hookEvents.has(key), levels: levels - 1 }),
    )
  );
}

function namesGuard(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.entries(value).some(
      ([key, item]) =>
        guardEvents.has(key) && item !== null && !(Array.isArray(item) && item.length === 0),
    )
  );
}

/** Whether a value looks like one hook group, the item of an event's list. */
export function isGroup(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const hasMatcher = 'matcher' in value;
  if (!hasMatcher && Object.keys(value).some((key) => hookEvents.has(key))) return false;
  const { hooks } = value;
  if (Array.isArray(hooks)) return hooks.length > 0;
  return isRecord(hooks) && (hasMatcher || typeof hooks.type === 'string');
}
