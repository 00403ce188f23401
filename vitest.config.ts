import { defineConfig } from 'vitest/config'
import { assertNodeApi } from './db/node-version.ts'

assertNodeApi()

const env = { TZ: 'Asia/Shanghai' }

/** A worker takes one file after another and keeps what packages it has loaded; the project's own modules are new in each. */
const shared = { isolate: false, setupFiles: ['tests/support/fresh-modules.ts'] }

export default defineConfig({
  test: {
    pool: 'forks',
    // Two at a time on two cores: every file makes databases of its own, and some wait more than they work.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 20_000, env, ...shared },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/faults/**/*.test.ts'],
          globalSetup: ['tests/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          env,
          ...shared,
        },
      },
    ],
  },
})
