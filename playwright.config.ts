import { existsSync } from 'node:fs'
import { defineConfig, devices } from '@playwright/test'

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
  '--password-store=basic',
]

/** The same browser without windows of its own opens a page in half the time; where it is not installed, the whole one does. */
const browsers = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

/** The door is spoken to over plain sockets, and in one browser: once is enough. */
const scriptOnly = ['**/door.spec.ts']

export default defineConfig({
  outputDir: 'test-results',
  // Two files at a time: every test makes its own people.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? '.tmp/test/browser.json' }],
  ],
  globalSetup: './tests/support/browser-setup.ts',
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env.PLAYWRIGHT_BASE_URL,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || browsers.find((one) => existsSync(one)),
      args: quiet,
    },
  },
  projects: [
    { name: 'script', testDir: 'tests/e2e' },
    {
      name: 'no-script',
      testDir: 'tests/e2e',
      testIgnore: scriptOnly,
      grepInvert: /@script/,
      use: { javaScriptEnabled: false },
    },
  ],
})
