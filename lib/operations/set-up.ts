/**
 * The verbs of people beside those of their lists. Each needs the process of its front door, its
 * folder, its environment and its terminal, so the front door runs it itself.
 */
import type { Verb } from './operation.ts';

const answers = () => import('../model/answers/set-up.ts');

export const where = {
  name: 'where',
  access: 'look',
  summary: 'Which list and database are used here, and why',
  answer: () => answers().then(({ WhereAnswer }) => WhereAnswer),
} as const satisfies Verb;

export const statusline = {
  name: 'statusline',
  // It changes nothing. A session has its list from hooks, and a rule less is one less to approve.
  access: 'person',
  summary: "The list in one line, for Claude Code's status line",
  answer: () => answers().then(({ StatusLineAnswer }) => StatusLineAnswer),
} as const satisfies Verb;

export const doctor = {
  name: 'doctor',
  // Doctor starts the hooks that a folder names.
  access: 'person',
  summary: 'Check everything, and show what the model would see',
  answer: () => answers().then(({ DoctorAnswer }) => DoctorAnswer),
} as const satisfies Verb;

export const verify = {
  name: 'verify',
  access: 'person',
  summary: 'Prove that everything works with the database, in a list that goes away again',
  answer: () => import('../model/answers/verify.ts').then(({ VerifyAnswer }) => VerifyAnswer),
} as const satisfies Verb;

export const trust = {
  name: 'trust',
  access: 'person',
  summary: 'Approve a database that a project names, or list the approved ones',
  answer: () => answers().then(({ TrustAnswer }) => TrustAnswer),
} as const satisfies Verb;

export const migrate = {
  name: 'migrate',
  access: 'person',
  summary: "Bring the database's schema up to date",
  answer: () => answers().then(({ MigrateAnswer }) => MigrateAnswer),
} as const satisfies Verb;

export const bootstrapServer = {
  name: 'server.bootstrap',
  access: 'person',
  summary: 'Make database, tables and users on a server, as its administrator',
  answer: () => answers().then(({ BootstrapAnswer }) => BootstrapAnswer),
} as const satisfies Verb;

export const init = {
  name: 'init',
  access: 'person',
  summary: 'Set a project up, or with --user your sessions in all folders',
  answer: () => answers().then(({ InitAnswer }) => InitAnswer),
} as const satisfies Verb;

export const completion = {
  name: 'completion',
  access: 'person',
  summary: 'Print what lets your shell complete verbs, flags and keys',
  answer: () => answers().then(({ CompletionAnswer }) => CompletionAnswer),
} as const satisfies Verb;

export const uninstall = {
  name: 'uninstall',
  access: 'person',
  summary: "Take docket's files out of a project, or docket itself away; tasks stay",
  answer: () => answers().then(({ UninstallAnswer }) => UninstallAnswer),
} as const satisfies Verb;
