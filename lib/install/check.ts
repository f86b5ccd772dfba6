/** One thing that `docket doctor` looked at. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly message: string;
  /** What to do about it: a command, or lines to add. */
  readonly next?: string | undefined;
}
