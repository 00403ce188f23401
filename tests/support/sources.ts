/** The project's own source files, read as the compiler reads them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'

const root = join(import.meta.dirname, '../..')

export interface Source {
  /** From the root of the project, `lib/paths.ts`. */
  readonly path: string
  readonly tree: ts.SourceFile
}

/** Every .ts and .tsx file under these folders, and those of the root itself where '' is one of them. */
export function sourcesUnder(...folders: readonly string[]): Source[] {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: folder !== '', withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  return files.map((file) => ({
    path: relative(root, file),
    tree: ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true),
  }))
}

/** Every node of a file, the file itself first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node
  for (const child of node.getChildren()) yield* nodesOf(child)
}
