interface Verb {
  readonly says: string
  /** Loaded only when asked for: a verb brings whole rooms along. */
  readonly load: () => Promise<{ run: (args: readonly string[]) => Promise<void> }>
}

/** What operators do (OPS-2), by the word they type. */
export const verbs: Readonly<Record<string, Verb>> = {
  migrate: {
    says: 'bring the database and the reference data up to date; a new installation: migrate --new',
    load: () => import('./migrate.ts'),
  },
  backup: {
    says: 'write everything but the keys into a new file, while the server goes on: backup <file>',
    load: () => import('./backup.ts'),
  },
  restore: {
    says: 'put a backup into an empty place: restore <file> [--send]; read and check it alone: restore --check <file>',
    load: () => import('./restore.ts'),
  },
  'seed-demo': { says: 'demo mode only: make the demo people', load: () => import('./seed-demo.ts') },
  seed: {
    says: 'demo mode only: make a country of people to look at: seed --people <n> [--seed <s>] [--add]',
    load: () => import('./seed.ts'),
  },
  'demo-code': {
    says: 'demo mode only: print the code an authenticator app shows for this login now',
    load: () => import('./demo-code.ts'),
  },
  'make-keys': {
    says: 'print a new APP_KEYS; with APP_KEYS set, a new key in front of it',
    load: () => import('./make-keys.ts'),
  },
  'rotate-keys': {
    says: 'write everything anew that is under an older key, beside the server: rotate-keys [--again]',
    load: () => import('./rotate-keys.ts'),
  },
  'create-operator': {
    says: 'print a one-time link for an operator: create-operator <name>',
    load: () => import('./create-operator.ts'),
  },
  'import-calendar': {
    says: 'bring in the working days of a year: import-calendar <year> <csv> [--source <notice>]',
    load: () => import('./import-calendar.ts'),
  },
  'import-register': {
    says: 'bring in register records: import-register <kind> <csv> [--partial] [--replace] [--encoding gb18030]',
    load: () => import('./import-register.ts'),
  },
  'recount-figures': {
    says: 'count the figures anew; on SQLite nobody can save meanwhile',
    load: () => import('./recount-figures.ts'),
  },
  verify: {
    says: 'check database, audit chain and files: verify [--head <seq>:<hash>]; an export alone: verify --export <file>',
    load: () => import('./verify.ts'),
  },
  'export-audit': {
    says: 'write the audit chain into a new file: export-audit <file> [--from <day>] [--to <day>]',
    load: () => import('./export-audit.ts'),
  },
  sweep: { says: 'take away what has had its time', load: () => import('./sweep.ts') },
}

export const usage = [
  'Usage: npm run ops -- <verb>',
  ...Object.entries(verbs).map(([verb, { says }]) => `  ${verb.padEnd(15)} ${says}`),
].join('\n')
