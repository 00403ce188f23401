import { defineConfig } from 'vitest/config'
import { assertNodeApi } from './db/node-version.ts'

assertNodeApi()

const env = { TZ: 'Asia/Shanghai' }

export default defineConfig({
  test: {
    pool: 'forks',
    // Two at a time on two cores: every file makes databases of its own, and some wait more than they work.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], env } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/faults/**/*.test.ts'],
          globalSetup: ['tests/support/global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
          env,
        },
      },
    ],
  },
})
