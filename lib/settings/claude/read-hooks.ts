import type * as z from 'zod/mini';
import { describeIssue } from '../../model/describe-issue.ts';
import { isRecord } from '../json-value.ts';
import { guardEvents, hookEvents, isToolEvent } from './hook-events.ts';
import { hookSchemas } from './hook-schemas.ts';
import { holdsGuards, isGroup } from './misplaced-guards.ts';

/** A hook of a settings file. */
export interface HookEntry {
  readonly event: string;
  readonly matcher: string | undefined;
  readonly hook: Readonly<Record<string, unknown>>;
}

/** What Claude Code makes of the hooks in a settings file. */
export interface HookReading {
  /** The hooks that it loads and can run. */
  readonly loaded: readonly HookEntry[];
  /** Why it ignores the whole file, one sentence each with the place first. */
  readonly fatal: readonly string[];
}

/**
 * Reads the value of `hooks` as Claude Code does (2.1.328 and 2.1.332): it passes over an entry that
 * it cannot load, but ignores the whole file where the entry may guard permissions.
 */
export function readHooks(hooks: unknown): HookReading {
  if (isGroup(hooks) || (Array.isArray(hooks) && hooks.some(isRecord))) {
    return { loaded: [], fatal: ['hooks must be an object with events as keys'] };
  }
  if (!isRecord(hooks)) return { loaded: [], fatal: [] };
  return join(
    Object.entries(hooks)
      // A session never sees this name, although `claude doctor` speaks of it.
      .filter(([event]) => event !== '__proto__')
      .map(([event, groups]) => readEvent(event, groups)),
  );
}

function readEvent(event: string, groups: unknown): HookReading {
  const path = `hooks.${event}`;
  const isGuard = guardEvents.has(event);
  if (!hookEvents.has(event)) {
    const isFatal = holdsGuards(groups, { groups: !Array.isArray(groups) });
    return passOver(isFatal, `${path} is no event and holds hooks that guard permissions`);
  }
  if (!Array.isArray(groups)) {
    const isFatal = (isGuard && groups !== null) || holdsGuards(groups);
    return passOver(isFatal, `${path} must be an array`);
  }
  return join(groups.map((group, index) => readGroup(event, group, `${path}[${index}]`)));
}

function readGroup(event: string, group: unknown, path: string): HookReading {
  const isGuard = guardEvents.has(event);
  if (holdsGuards(group)) {
    return passOver(true, `${path} holds hooks that guard permissions, and must be a hook group`);
  }
  if (!isRecord(group) || !Array.isArray(group.hooks)) {
    return passOver(isGuard, `${path} must be an object with an array "hooks"`);
  }
  const { matcher, hooks } = group;
  if (matcher !== undefined && typeof matcher !== 'string') {
    return passOver(isGuard, `${path}.matcher must be a string`);
  }
  return join(
    hooks.map((hook, index) => {
      const flaw = flawOf(hook, `${path}.hooks[${index}]`);
      if (flaw !== undefined) return passOver(isGuard, flaw);
      const runs = isToolEvent(event) || hook.if === undefined;
      return { loaded: runs ? [{ event, matcher, hook }] : [], fatal: [] };
    }),
  );
}

function flawOf(hook: unknown, path: string): string | undefined {
  if (!isRecord(hook)) return `${path} must be an object`;
  const { type } = hook;
  const isType = typeof type === 'string' && Object.hasOwn(hookSchemas, type);
  const schema = isType ? hookSchemas[type] : undefined;
  if (schema === undefined) {
    return `${path}.type must be one of ${Object.keys(hookSchemas).join(', ')}`;
  }
  const result = schema.safeParse(hook, { reportInput: true });
  return result.success ? undefined : describeAt(path, result.error.issues[0]);
}

/** Says what is wrong with a value of a settings file, its place first, as code writes it. */
export function describeAt(path: string, issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return `${path} is not valid`;
  const place = issue.path.reduce<string>(
    (before, step) =>
      typeof step === 'number' ? `${before}[${step}]` : `${before}.${String(step)}`,
    path,
  );
  return `${place.replace(/^\./, '')} ${describeIssue({ ...issue, path: [] })}`;
}

function passOver(isFatal: boolean, flaw: string): HookReading {
  return { loaded: [], fatal: isFatal ? [flaw] : [] };
}

function join(readings: readonly HookReading[]): HookReading {
  return {
    loaded: readings.flatMap(({ loaded }) => loaded),
    fatal: readings.flatMap(({ fatal }) => fatal),
  };
}
