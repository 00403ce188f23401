import { crossedFaults } from './crossed.ts'
import type { Entry } from './entry.ts'
import { picturedFaults } from './pictured.ts'
import { registeredFaults } from './registered.ts'
import { typedFaults } from './typed.ts'
import { unseenFaults } from './unseen.ts'

/** Every faulty collection, in the order of the report. */
export const corpus = (): Entry[] => [
  ...typedFaults(),
  ...picturedFaults(),
  ...crossedFaults(),
  ...registeredFaults(),
  ...unseenFaults(),
]
