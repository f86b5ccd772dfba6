import type { PhaseResult } from '../../model/answers/verify.ts';
import { DocketError } from '../../model/errors.ts';
import type { Phase, Verification } from './phase.ts';
import { PhaseFailure } from './phase-failure.ts';

export interface PhaseWatch {
  readonly signal: AbortSignal;
  /** Called when a phase begins, and when it is over. */
  onStart(phase: Phase, number: number): void;
  onEnd(result: PhaseResult): void;
}

/** Runs phases in their order; one whose needs have not passed is skipped. */
export async function runPhases(
  phases: readonly Phase[],
  verification: Verification,
  { signal, onStart, onEnd }: PhaseWatch,
): Promise<readonly PhaseResult[]> {
  const results: PhaseResult[] = [];
  for (const [index, phase] of phases.entries()) {
    const number = index + 1;
    const reason = whySkipped(phase, results, signal);
    if (reason === undefined) onStart(phase, number);
    const result =
      reason === undefined
        ? await run(phase, verification, signal)
        : ({ status: 'skipped', message: reason, milliseconds: 0, roundTrips: null } as const);
    results.push({ number, name: phase.name, title: phase.title, ...result });
    onEnd({ number, name: phase.name, title: phase.title, ...result });
  }
  return results;
}

/** Says why a phase would prove nothing; undefined when it is to run. */
export function whySkipped(
  { needs }: Pick<Phase, 'needs'>,
  results: readonly PhaseResult[],
  { aborted }: Pick<AbortSignal, 'aborted'>,
): string | undefined {
  if (aborted) return stopped;
  const missing = results.find(({ name, status }) => {
    return status !== 'passed' && needs.some((need) => need === name);
  });
  return missing && `needs ${missing.number}, ${missing.title}`;
}

const stopped = 'it was stopped';

async function run(
  phase: Phase,
  verification: Verification,
  signal: AbortSignal,
): Promise<Omit<PhaseResult, 'number' | 'name' | 'title'>> {
  const { access } = verification;
  const before = access.roundTrips();
  const started = performance.now();
  let outcome: Pick<PhaseResult, 'status' | 'message' | 'next'> = { status: 'passed' };
  try {
    await phase.run(verification);
    const [remark] = verification.remarks;
    if (remark !== undefined) outcome = { status: 'passed', message: remark };
  } catch (error) {
    outcome = signal.aborted
      ? { status: 'skipped', message: stopped }
      : { status: 'failed', ...explainFailure(error, access.tell) };
    for (const person of [verification.first, verification.second]) person.forgetQueued();
  }
  verification.remarks.length = 0;
  const after = access.roundTrips();
  return {
    ...outcome,
    milliseconds: Math.round(performance.now() - started),
    roundTrips: after === undefined || before === undefined ? null : after - before,
  };
}

/** Says why a phase failed, and what to do about it. */
export function explainFailure(
  error: unknown,
  tell: (text: string) => string,
): Pick<PhaseResult, 'message' | 'next'> {
  if (!(error instanceof Error)) return { message: String(error) };
  const next = error instanceof PhaseFailure ? error.next : nextOf(error);
  const message = tell(error.message);
  return next === undefined ? { message } : { message, next: tell(next) };
}

/** An error of the store has a hint as well, and is none of docket's own here. */
function nextOf(error: Error): string | undefined {
  const hint = error instanceof DocketError || 'hint' in error ? error.hint : undefined;
  if (typeof hint === 'string') return hint;
  return 'code' in error && error.code === 'unreachable' ? 'docket doctor' : undefined;
}
