/**
 * Makes what a container holds, in a folder: node scripts/container.mjs --into <folder>
 * The build stage of the Dockerfile calls it, and tests/faults/container.test.ts does.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { built, isLeftOut, sources, wholePackages } from './container-files.mjs'
import { actionKey, build, root } from './prepare.mjs'

const at = process.argv.indexOf('--into')
const into = at < 0 ? undefined : process.argv[at + 1]
if (!into) {
  console.error('Usage: node scripts/container.mjs --into <folder>')
  process.exit(2)
}
const target = resolve(into)
if (existsSync(target) && readdirSync(target).length > 0) {
  console.error(`${target} is not empty`)
  process.exit(2)
}

/** Links stay links: Next names packages it did not bundle by links inside its build. */
const copy = (from, to) => {
  const source = join(root, from)
  if (!existsSync(source)) throw new Error(`${from} is not there`)
  mkdirSync(dirname(join(target, to)), { recursive: true })
  cpSync(source, join(target, to), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !isLeftOut(path),
  })
}

/** Next writes the action key down in its build; an image is to hold no key, and the server takes it from the environment. */
const withoutKey = (path) => {
  const file = join(target, path)
  const text = readFileSync(file, 'utf8')
  if (!text.includes(actionKey())) throw new Error(`Next has changed: ${path} does not hold the action key`)
  writeFileSync(file, text.replaceAll(actionKey(), ''))
}

const sizeOf = (path) =>
  readdirSync(path, { withFileTypes: true }).reduce((sum, entry) => {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) return sum + sizeOf(inside)
    return sum + (entry.isFile() ? statSync(inside).size : 0)
  }, 0)

if (!(await build())) {
  console.error('The build failed: see the lines above.')
  process.exit(1)
}
for (const [from, to] of built) copy(from, to)
for (const kind of ['js', 'json']) withoutKey(`.next/server/server-reference-manifest.${kind}`)
for (const path of [...sources, ...wholePackages(root)]) copy(path, path)
console.log(`${into}: ${(sizeOf(target) / 1e6).toFixed(0)} MB`)
