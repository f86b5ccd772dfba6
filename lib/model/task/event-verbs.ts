/** What an event can say that happened: the verbs of a list's history, in the past tense. */
export const eventVerbs = [
  ...(['created', 'updated', 'moved', 'linked', 'unlinked', 'noted', 'scheduled'] as const),
  ...(['claimed', 'stolen', 'claim_moved', 'reassigned', 'released', 'started'] as const),
  ...(['stopped', 'resumed', 'retimed', 'blocked', 'unblocked', 'reported'] as const),
  ...(['reported_late', 'completed', 'cancelled', 'reopened', 'undone'] as const),
  ...(['billed', 'unbilled', 'invoiced', 'added', 'archived', 'restored', 'learned'] as const),
] as const;
export type EventVerb = (typeof eventVerbs)[number];
