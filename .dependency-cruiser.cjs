/** The walls of the house (docs/tour.md): which room may import which. */
const deny = (name, from, to, extra = {}) => ({
  name,
  severity: 'error',
  from: { path: from, ...extra.from },
  to: { path: to, ...extra.to },
})
const only = (name, from, allowed, extra = {}) => ({
  name,
  severity: 'error',
  from: { path: from, ...extra.from },
  to: { path: '^(app|lib|db|ops|scripts|tests)/', pathNot: allowed, ...extra.to },
})
const type = { to: { dependencyTypesNot: ['type-only'] } }

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only(
      'app-imports',
      '^app/',
      '^(app/|lib/commands/[^/]+\\.ts$|lib/(views|action|readers|sections|cases|schemas|text|auth|print)/|lib/(paths|deps|ids)\\.ts$|lib/domain/(errors|result)\\.ts$)',
      {
        from: { pathNot: '^app/(files|_ui/live)/' },
        ...type,
      },
    ),
    deny('pdf-in-one-place', '^(app|lib|db|ops)/', '^node_modules/@react-pdf/', {
      from: { pathNot: '^app/_print/' },
    }),
    {
      name: 'pdf-loaded-when-used',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/_print/' },
      to: { path: '^app/_print/', dynamic: false },
    },
    deny('app-no-database', '^app/', '^db/|^node_modules/(drizzle-orm|better-sqlite3|pg)/', type),
    only(
      'files-routes',
      '^app/files/',
      '^(app/|lib/commands/[^/]+\\.ts$|lib/(views|action|files|schemas|sections|auth)/|lib/(paths|deps)\\.ts$|lib/domain/(errors|release|result)\\.ts$)',
      type,
    ),
    only('live-components', '^app/_ui/live/', '^(app/_ui/live/|lib/(schemas|text)/|lib/paths\\.ts$)', type),
    only('domain-is-alone', '^lib/domain/', '^lib/domain/'),
    deny('domain-no-packages', '^lib/domain/', 'node_modules|^node:', {}),
    only('schemas', '^lib/schemas/', '^lib/(schemas|domain)/'),
    only('sections', '^lib/sections/', '^lib/(sections|schemas|domain)/'),
    only('readers', '^lib/readers/', '^(lib/(readers|sections|schemas|domain|text)/|lib/paths\\.ts$)'),
    only('cases', '^lib/cases/', '^lib/(cases|sections|schemas|domain)/'),
    only('policy', '^lib/policy/', '^lib/(policy|domain)/'),
    only(
      'commands',
      '^lib/commands/',
      '^(lib/(domain|schemas|sections|readers|cases|policy|text)/|lib/(deps|ids|limits|network|once|limiter)\\.ts$|lib/commands/(support|effects)/|lib/auth/(passwords|totp|proof|captcha-token)\\.ts$|db/)',
      type,
    ),
    deny('commands-not-next', '^lib/commands/', '^node_modules/(next|react)/'),
    only(
      'views',
      '^lib/views/',
      '^(lib/(views|domain|schemas|sections|readers|cases|policy|text)/|lib/(deps|ids|once|paths|fault-line)\\.ts$|lib/door/tally\\.ts$|db/(queries|access))',
      type,
    ),
    only('print', '^lib/print/', '^lib/(print|domain|text)/|^lib/(once|limiter)\\.ts$'),
    only('text', '^lib/text/', '^lib/(text|sections|schemas|domain|readers)/', type),
    only('files', '^lib/files/', '^(lib/(files|schemas|domain|text)/|lib/(env|once|limiter)\\.ts$)', type),
    only(
      'adapters',
      '^lib/adapters/',
      '^(lib/(adapters|schemas|domain|text)/|lib/(env|once|clock)\\.ts$)',
      type,
    ),
    only(
      'action-and-auth',
      '^lib/(action|auth)/',
      '^(lib/(action|auth|domain|readers)/|lib/(deps|ids|paths|env|limits|network|once|limiter)\\.ts$|db/(queries/|events|write))',
      type,
    ),
    only(
      'jobs',
      '^lib/jobs/',
      '^(lib/(jobs|commands|cases|adapters|domain|files)/|lib/(deps|ids|once|fault-line|start-checks)\\.ts$|db/)',
      type,
    ),
    only('db', '^db/', '^(db/|lib/domain/)', { from: { pathNot: '^db/seed/' }, ...type }),
    only(
      'door',
      '^(server\\.ts$|lib/door/)',
      '^(lib/door/|lib/text/door\\.ts$|lib/fault-line\\.ts$|lib/(network|once)\\.ts$)',
    ),
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(lib|db)/',
        pathNot: ['db/schema/same\\.ts$|db/seed/region-patch\\.ts$', '\\.json$'],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
    exclude: { path: '^(\\.next|\\.tmp|tests)/' },
  },
}
