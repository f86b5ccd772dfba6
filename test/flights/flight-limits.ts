/**
 * How many flights one run of a verb may take. MySQL takes one more than MariaDB, to log in: without TLS
 * docket lets it ask for its way of logging in, to see that it does not ask for the password itself.
 */
interface FlightLimit {
  readonly mariadb: number;
  readonly dolt: number;
}

/**
 * What each verb took when it was last made cheaper; a change may lower these, never raise them.
 * The aim is 6 for what looks, 9 for what writes, 12 for a plan of ten and 15 for one of a hundred.
 */
export const flightLimits: Readonly<Record<string, FlightLimit>> = {
  list: { mariadb: 5, dolt: 5 },
  'list, with a sign of life': { mariadb: 6, dolt: 6 },
  ready: { mariadb: 5, dolt: 5 },
  show: { mariadb: 5, dolt: 5 },
  recap: { mariadb: 5, dolt: 5 },
  stats: { mariadb: 5, dolt: 5 },
  search: { mariadb: 5, dolt: 5 },
  checklist: { mariadb: 5, dolt: 5 },
  log: { mariadb: 4, dolt: 4 },
  runs: { mariadb: 5, dolt: 5 },
  billing: { mariadb: 5, dolt: 5 },
  create: { mariadb: 6, dolt: 6 },
  'create, in a plan': { mariadb: 6, dolt: 6 },
  'create --needs': { mariadb: 6, dolt: 6 },
  'claim --next': { mariadb: 8, dolt: 8 },
  claim: { mariadb: 6, dolt: 6 },
  'claim, with a sign of life': { mariadb: 7, dolt: 7 },
  start: { mariadb: 7, dolt: 7 },
  note: { mariadb: 6, dolt: 6 },
  block: { mariadb: 6, dolt: 6 },
  unblock: { mariadb: 6, dolt: 6 },
  release: { mariadb: 6, dolt: 6 },
  report: { mariadb: 6, dolt: 6 },
  close: { mariadb: 6, dolt: 6 },
  'close, with a sign of life': { mariadb: 7, dolt: 7 },
  cancel: { mariadb: 6, dolt: 6 },
  reopen: { mariadb: 6, dolt: 6 },
  update: { mariadb: 6, dolt: 6 },
  'update --status': { mariadb: 6, dolt: 6 },
  'claim, in a plan': { mariadb: 6, dolt: 6 },
  // It stops the clock that the start before left running.
  'start, in a plan': { mariadb: 9, dolt: 9 },
  'note, in a plan': { mariadb: 6, dolt: 6 },
  'block, in a plan': { mariadb: 6, dolt: 6 },
  'unblock, in a plan': { mariadb: 6, dolt: 6 },
  'release, in a plan': { mariadb: 6, dolt: 6 },
  'report, in a plan': { mariadb: 6, dolt: 6 },
  'close, in a plan': { mariadb: 6, dolt: 6 },
  'cancel, in a plan': { mariadb: 6, dolt: 6 },
  'reopen, in a plan': { mariadb: 6, dolt: 6 },
  'update, in a plan': { mariadb: 6, dolt: 6 },
  'update --status, in a plan': { mariadb: 6, dolt: 6 },
  'claim, of three': { mariadb: 7, dolt: 7 },
  'close, of three': { mariadb: 7, dolt: 7 },
  'update --parent': { mariadb: 7, dolt: 7 },
  link: { mariadb: 6, dolt: 6 },
  'link, in a plan': { mariadb: 6, dolt: 6 },
  unlink: { mariadb: 6, dolt: 6 },
  'plan of 10': { mariadb: 6, dolt: 6 },
  'plan of 10, in any order': { mariadb: 6, dolt: 6 },
  'plan of 100': { mariadb: 6, dolt: 6 },
  'plan of 100, in any order': { mariadb: 6, dolt: 6 },
  'client list': { mariadb: 4, dolt: 4 },
  'client show': { mariadb: 4, dolt: 4 },
  'project list': { mariadb: 4, dolt: 4 },
  'project show': { mariadb: 4, dolt: 4 },
  'infra list': { mariadb: 4, dolt: 4 },
  'infra show': { mariadb: 4, dolt: 4 },
  'insight list': { mariadb: 4, dolt: 4 },
  'insight show': { mariadb: 4, dolt: 4 },
  'insight add': { mariadb: 10, dolt: 10 },
  'insight update': { mariadb: 10, dolt: 10 },
  'insight archive': { mariadb: 9, dolt: 9 },
  'work-item list': { mariadb: 4, dolt: 4 },
  'work-item show': { mariadb: 5, dolt: 5 },
  overview: { mariadb: 5, dolt: 5 },
  who: { mariadb: 5, dolt: 5 },
  undo: { mariadb: 9, dolt: 9 },
  'undo, in a plan': { mariadb: 9, dolt: 9 },
};
