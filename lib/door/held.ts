import { type Lane, type Load, noLoad } from './admission.ts'

/** What is under way: in all, and of each network while it has anything. */
export interface Held {
  readonly all: Readonly<Load>
  of: (network: string) => Readonly<Load>
  /** Counts one more; what is given back takes it away and is called once. */
  enter: (lane: Lane, network: string) => () => void
}

export function createHeld(): Held {
  const all = noLoad()
  const networks = new Map<string, Load>()
  return {
    all,
    of: (network) => networks.get(network) ?? noLoad(),
    enter(lane, network) {
      const here = networks.get(network) ?? noLoad()
      networks.set(network, here)
      all[lane]++
      here[lane]++
      return () => {
        all[lane]--
        here[lane]--
        if (here.page + here.entry + here.file + here.free === 0) networks.delete(network)
      }
    },
  }
}
