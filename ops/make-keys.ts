import { makeAppKeys } from '#db/crypto.ts'

/** Reads no other setting: it is what makes the first one. */
export const run = async () => {
  console.log(makeAppKeys(process.env.APP_KEYS))
}
