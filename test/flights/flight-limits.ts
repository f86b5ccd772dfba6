/** How many flights one run of a verb may take. */
interface FlightLimit {
  readonly mariadb: number;
  readonly dolt: number;
}

/**
 * What each verb took when it was last made cheaper; a change may lower these, never raise them.
 * The aim is 6 for what looks, 9 for what writes, 12 for a plan of ten and 15 for one of a hundred.
 */
export const flightLimits: Readonly<Record<string, FlightLimit>> = {
  list: { mariadb: 20, dolt: 20 },
  'list, with a sign of life': { mariadb: 21, dolt: 21 },
  ready: { mariadb: 15, dolt: 15 },
  show: { mariadb: 22, dolt: 22 },
  recap: { mariadb: 29, dolt: 29 },
  stats: { mariadb: 16, dolt: 16 },
  search: { mariadb: 18, dolt: 18 },
  checklist: { mariadb: 17, dolt: 17 },
  log: { mariadb: 11, dolt: 11 },
  runs: { mariadb: 16, dolt: 16 },
  billing: { mariadb: 12, dolt: 12 },
  create: { mariadb: 21, dolt: 24 },
  'create, in a plan': { mariadb: 28, dolt: 31 },
  'create --needs': { mariadb: 30, dolt: 33 },
  'claim --next': { mariadb: 40, dolt: 43 },
  claim: { mariadb: 36, dolt: 39 },
  'claim, with a sign of life': { mariadb: 38, dolt: 41 },
  note: { mariadb: 16, dolt: 19 },
  block: { mariadb: 43, dolt: 46 },
  unblock: { mariadb: 41, dolt: 44 },
  release: { mariadb: 43, dolt: 46 },
  report: { mariadb: 65, dolt: 68 },
  close: { mariadb: 42, dolt: 45 },
  'close, with a sign of life': { mariadb: 43, dolt: 46 },
  cancel: { mariadb: 21, dolt: 24 },
  reopen: { mariadb: 23, dolt: 26 },
  update: { mariadb: 17, dolt: 20 },
  'update --status': { mariadb: 82, dolt: 85 },
  'claim, in a plan': { mariadb: 51, dolt: 54 },
  'note, in a plan': { mariadb: 16, dolt: 19 },
  'block, in a plan': { mariadb: 51, dolt: 54 },
  'unblock, in a plan': { mariadb: 49, dolt: 52 },
  'release, in a plan': { mariadb: 51, dolt: 54 },
  'report, in a plan': { mariadb: 74, dolt: 77 },
  'close, in a plan': { mariadb: 50, dolt: 53 },
  'cancel, in a plan': { mariadb: 25, dolt: 28 },
  'reopen, in a plan': { mariadb: 27, dolt: 30 },
  'update, in a plan': { mariadb: 18, dolt: 21 },
  'update --status, in a plan': { mariadb: 99, dolt: 102 },
  link: { mariadb: 24, dolt: 27 },
  'link, in a plan': { mariadb: 28, dolt: 31 },
  unlink: { mariadb: 23, dolt: 26 },
  'plan of 10': { mariadb: 79, dolt: 82 },
  'plan of 10, in order': { mariadb: 107, dolt: 110 },
  'plan of 100': { mariadb: 533, dolt: 536 },
  'plan of 100, in order': { mariadb: 832, dolt: 835 },
};
