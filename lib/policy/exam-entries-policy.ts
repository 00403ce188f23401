/** Who reads 报名名单 of an exam, and of which departments: as who may have it written into a file (EXM-3, SEC-1). */
import type { Actor } from '#lib/domain/actor.ts'
import { exportableKinds, exportHome, judgeExport } from './export-policy.ts'

/** Whether there is such a list for the actor anywhere. */
export const listsEntries = (actor: Actor): boolean => exportableKinds(actor).includes('entries')

/** Whether the list of the node at `path` is the actor's to read; '' is the whole country. */
export const listsEntriesOf = (actor: Actor, path: string): boolean =>
  judgeExport(actor, { kind: 'entries', path, full: false }) === 'yes'

/** The department a list begins at; null for the whole country. */
export const entriesHome = (actor: Actor): string | null => exportHome(actor, 'entries')
