// Without zod: what completes a task makes its work item, and hooks share that code.

interface MinutesRule {
  /** Whether minutes that an agent proposed for a run are billed in place of its measured time. */
  readonly takesProposed: boolean;
}

/** The rules for which minutes of a client's runs are billed. What a person says decides always. */
export const minutesRules = {
  measured: { takesProposed: false },
  proposed: { takesProposed: true },
} as const satisfies Readonly<Record<string, MinutesRule>>;

export type MinutesRuleName = keyof typeof minutesRules;

export const minutesRuleNames = Object.keys(minutesRules) as readonly MinutesRuleName[];

/** The rule of a client for whom nobody chose one, and of work for no client. */
export const defaultMinutesRule: MinutesRuleName = 'measured';
