import * as z from 'zod/mini';

const Rules = z.optional(z.array(z.string()));

/**
 * Facts that an exact uninstall must know and cannot read from the settings file itself; for most
 * files the record is empty. The installer stores it, gives it to the next install, and to
 * uninstall.
 *
 * - `kept`: rules that were there before docket and look like docket's own (a person's own ask rule
 *   for TaskCreate, say). They stay.
 * - `empties`: containers that were there and empty, by path ('hooks.Stop', '' for the file), with
 *   their text. They are given back; other containers that uninstall leaves empty are removed.
 * - `statusLine`: the command of a person's own status line, as the file spelled it, which docket's
 *   starts first. It is given back.
 */
export const InstallRecord = z.strictObject({
  kept: z.optional(z.strictObject({ allow: Rules, ask: Rules, deny: Rules })),
  empties: z.optional(z.record(z.string(), z.string())),
  statusLine: z.optional(z.string()),
});

export type InstallRecord = z.infer<typeof InstallRecord>;
