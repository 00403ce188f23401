// Compile-time proof that both flavours of every table read and write the same rows: when they differ,
// `Proof` does not compile and the message names the table. Nothing imports this file.
import type * as sqlite from './all.ts'
import type * as pg from './pg/all.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

type Rows<T> = T extends { $inferSelect: infer S; $inferInsert: infer I } ? { select: S; insert: I } : never

type TableOf<Flavour> = {
  [K in keyof Flavour]: Flavour[K] extends { $inferSelect: unknown } ? K : never
}[keyof Flavour]

type Comparison = {
  [K in TableOf<typeof sqlite> | TableOf<typeof pg>]: K extends keyof typeof sqlite & keyof typeof pg
    ? Equal<Rows<(typeof sqlite)[K]>, Rows<(typeof pg)[K]>>
    : false
}

type AllSame<T extends { [K in keyof T]: true }> = T
export type Proof = AllSame<Comparison>
