/** Paths of the department tree (ADM-1): `/`-joined ids from the first level down to the node. */

/** Whether the node at `path` is `root` or beneath it. */
export const isWithinPath = (path: string, root: string): boolean =>
  path === root || path.startsWith(`${root}/`)

/** Without those beneath another, each once. */
export function outermost(paths: readonly string[]): readonly string[] {
  const nodes = [...new Set(paths)]
  return nodes.filter((path) => !nodes.some((other) => other !== path && isWithinPath(path, other)))
}

/** The id of the node itself. */
export const nodeOf = (path: string): string => path.split('/').at(-1) ?? ''
