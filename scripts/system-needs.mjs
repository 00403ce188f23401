/** What the tests need from the system beside npm: installed from Debian's packages where absent and allowed. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { run } from './prepare.mjs'

const onPath = (program) => spawnSync('which', [program]).status === 0
const debianPostgres = '/usr/lib/postgresql'
const postgresThere = () =>
  onPath('initdb') ||
  (existsSync(debianPostgres) &&
    readdirSync(debianPostgres).some((version) => existsSync(`${debianPostgres}/${version}/bin/initdb`)))

/** Each: whether it is there, the Debian package that brings it, and what is not tested without. */
const known = {
  // Without windows of its own it opens a page in half the time; playwright.config.ts takes the whole one where this is not.
  chromium: {
    there: () => existsSync(process.env.CHROMIUM_PATH || '/usr/bin/chromium-headless-shell'),
    enough: () => existsSync('/usr/bin/chromium'),
    brings: 'chromium-headless-shell',
    without: 'Chromium (set CHROMIUM_PATH if it is elsewhere): the browser tests fail',
  },
  font: {
    there: () => String(spawnSync('fc-list', [':lang=zh-cn', 'family']).stdout ?? '').trim() !== '',
    brings: 'fonts-noto-cjk',
    without: 'a font with Chinese signs: screenshots and print tests show boxes',
  },
  postgresql: {
    there: postgresThere,
    brings: 'postgresql',
    without: 'PostgreSQL (initdb): the second half of the integration tests fails',
  },
}

/** Installs what is missing of `names`; says in a sentence what could not be had. Never throws: the tests will tell. */
export async function needs(names) {
  const missing = [...new Set(names)].map((name) => known[name]).filter((need) => !need.there())
  if (missing.length === 0) return
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const packages = [...missing.map((need) => need.brings), ...(onPath('fc-list') ? [] : ['fontconfig'])]
    console.log(`Installing ${packages.join(', ')} …`)
    await run('apt-get', ['update', '-qq'], env)
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env)
  }
  for (const need of missing)
    if (!need.there() && !need.enough?.())
      console.error(`Missing: ${need.without}. Debian: apt-get install ${need.brings}`)
}
