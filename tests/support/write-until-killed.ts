import { writeSync } from 'node:fs'
import { openStore } from '#db/store.ts'

// Commits one counter after another and says so after each, until somebody kills it.
const { url, dataDir } = JSON.parse(process.argv[2] ?? '{}')
const store = await openStore({ url, dataDir })
for (let n = 0; ; n += 1) {
  await store.tx((q) => q.insert(store.t.counter).values({ id: `n${n}`, count: n, resetAt: new Date() }))
  writeSync(1, `n${n}\n`)
}
