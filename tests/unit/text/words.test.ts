import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { issueText, knownCodes } from '#lib/text/issues.ts'
import { nodesOf, sourcesUnder } from '#tests/support/sources.ts'

const named = (node: ts.Node, name: string) => ts.isIdentifier(node) && node.text === name
const lineOf = (node: ts.Node) => node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1

/** The texts an expression may give, where they are written in it; null where it is computed. */
function literals(node: ts.Expression): string[] | null {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (!ts.isConditionalExpression(node)) return null
  const [yes, no] = [literals(node.whenTrue), literals(node.whenFalse)]
  return yes && no && [...yes, ...no]
}

/** The code of `issue(at, code, …)` and of `{ at, code }`. */
function codeOf(node: ts.Node): ts.Expression | null {
  if (ts.isCallExpression(node) && named(node.expression, 'issue')) return node.arguments[1] ?? null
  if (!ts.isObjectLiteralExpression(node)) return null
  const property = (name: string) =>
    node.properties.find(
      (one): one is ts.PropertyAssignment => ts.isPropertyAssignment(one) && named(one.name, name),
    )
  return property('at') ? (property('code')?.initializer ?? null) : null
}

interface Raised {
  readonly place: string
  readonly path: string
  readonly codes: string[] | null
}
const raised: readonly Raised[] = sourcesUnder('lib', 'app')
  .filter(({ path }) => path !== 'lib/domain/result.ts' && path !== 'lib/readers/faults.ts')
  .flatMap(({ path, tree }) =>
    [...nodesOf(tree)].flatMap((node) => {
      const code = codeOf(node)
      return code ? [{ path, place: `${path}:${lineOf(node)}`, codes: literals(code) }] : []
    }),
  )

/** Where a code is handed on or put together, and what it may be there. */
const computed: Readonly<Record<string, readonly string[]>> = {
  'lib/schemas/certificate-number.ts': [
    'diploma-number-year',
    'diploma-number-level',
    'degree-number-year',
    'degree-number-level',
  ],
  'lib/schemas/picture.ts': [
    'photo-format',
    'photo-too-small-bytes',
    'photo-too-large-bytes',
    'photo-too-narrow',
    'photo-too-short',
    'photo-too-many-pixels',
    'proof-format',
    'proof-too-small-bytes',
    'proof-too-large-bytes',
    'proof-too-many-pixels',
  ],
  'lib/schemas/findings.ts': ['note-too-long', 'note-characters', 'refusal-too-long', 'refusal-characters'],
  // The rules of a field give codes that stand in the schemas; the contract test of the sections holds each to its words.
  'lib/sections/employment.ts': [],
  'lib/sections/transfer.ts': [],
  'lib/cases/blocking.ts': [
    'transfer-while-change',
    'transfer-while-transfer',
    'transfer-while-conduct',
    'transfer-while-credit',
    'while-transfer',
  ],
  'lib/readers/examine.ts': [
    'too-long',
    'too-short',
    'not-offered',
    'month-invalid',
    'month-future',
    'day-invalid',
    'day-future',
  ],
  'lib/files/judge.ts': ['picture-too-large', 'picture-none', 'picture-interrupted'],
}

describe('the words of issues', () => {
  it('are there for every code that is raised anywhere', () => {
    expect(raised.length).toBeGreaterThan(80)
    const missing = raised.flatMap(({ place, codes }) =>
      (codes ?? []).filter((code) => !knownCodes.has(code)).map((code) => `${place}: ${code}`),
    )
    expect(missing).toEqual([])
  })

  it('are there where a code is not written out at its place', () => {
    const places = new Set(raised.filter(({ codes }) => codes === null).map(({ path }) => path))
    expect([...places].sort()).toEqual(Object.keys(computed).sort())
    expect(
      Object.values(computed)
        .flat()
        .filter((code) => !knownCodes.has(code)),
    ).toEqual([])
  })

  it('of a code nobody knows name it', () =>
    expect(issueText({ at: null, code: 'no-such-code' }, { label: '姓名' })).toContain('no-such-code'))
})

/** Ideographs; full-width punctuation between two words is no word. */
const chinese = /\p{Script=Han}/u

describe('Chinese words', () => {
  it('stand in lib/text and the seeds alone', () => {
    const found = sourcesUnder('', 'app', 'lib', 'db', 'ops')
      .filter(({ path }) => !path.startsWith('lib/text/') && !path.startsWith('db/seed/'))
      .flatMap(({ path, tree }) =>
        [...nodesOf(tree)]
          .filter(
            (node) =>
              ts.isStringLiteralLike(node) ||
              ts.isTemplateLiteralToken(node) ||
              ts.isJsxText(node) ||
              ts.isRegularExpressionLiteral(node),
          )
          .filter((node) => chinese.test(node.getText()))
          .map((node) => `${path}:${lineOf(node)}: ${node.getText().trim().slice(0, 40)}`),
      )
    expect(found).toEqual([])
  })
})
