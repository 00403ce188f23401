/** `npm run ops -- <verb>`: ends with 0, with 1 for a failure, with 2 for a verb there is not. */
import { usage, verbs } from './verbs.ts'

const [verb = '', ...args] = process.argv.slice(2)
const known = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
if (known) {
  try {
    const { run } = await known.load()
    await run(args)
  } catch (error) {
    // A sentence for the operator; the stack only where somebody asks for it.
    const sentence = error instanceof Error ? error.message : String(error)
    console.error(process.env.DEBUG ? error : `${verb}: ${sentence}`)
    process.exitCode = 1
  }
} else {
  console.error(usage)
  process.exitCode = 2
}
