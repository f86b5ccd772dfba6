/** One thing that `docket doctor` has checked. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly message: string;
  /** The remedy: a command, or lines to add. */
  readonly next?: string | undefined;
}
