import { parseArgs } from 'node:util'
import { type Imported, importRegister, type LeftOut } from '#lib/commands/import-register.ts'
import { type ClaimKind, claimKinds, isClaimKind } from '#lib/domain/claims.ts'
import { type Encoding, encodingOf, textOf } from '#lib/files/csv-file.ts'
import { headingOf, type LineFault } from '#lib/readers/register-file.ts'
import { withDeps } from './with-deps.ts'

const encodings: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  gb18030: 'gb18030',
  gbk: 'gb18030',
}
const mostTold = 1000

const usage = [
  'npm run ops -- import-register KIND CSV [--partial] [--replace] [--encoding gb18030]',
  `KIND is one of ${claimKinds.join(', ')}`,
].join('\n')

const faults: Readonly<Record<LineFault, string>> = {
  broken: 'its quotes do not match',
  'too-long': 'too long',
  'too-many-cells': 'more cells than there are headings',
  missing: 'nothing there',
  characters: 'characters that were not decoded or cannot be seen',
  'spoiled-number': 'a spreadsheet has rounded this number',
  'not-a-number': 'no number of a document',
  'not-an-option': 'none of the words of this list',
  'not-a-month': 'no month',
  'not-a-credit-code': 'its check character is wrong',
}

interface Wish {
  readonly kind: ClaimKind
  readonly file: string
  readonly partial: boolean
  readonly replace: boolean
  /** As it was told, or as the file looks. */
  readonly encoding: Encoding | null
}

/** Throws a sentence where the words make no import. */
function wishOf(args: readonly string[]): Wish {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      partial: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      encoding: { type: 'string' },
    },
  })
  const [kind = '', file = '', ...more] = positionals
  if (!isClaimKind(kind) || file === '' || more.length > 0) throw new Error(`say what to import: ${usage}`)
  const told = values.encoding?.toLowerCase()
  const encoding = told === undefined ? null : encodings[told]
  if (encoding === undefined) throw new Error('the encoding is utf-8 or gb18030')
  return { kind, file, partial: values.partial, replace: values.replace, encoding }
}

function teller(kind: ClaimKind) {
  let told = 0
  return ({ line, fault, field }: LeftOut) => {
    told += 1
    const where = field === undefined ? '' : ` ${headingOf(kind, field)}:`
    if (told <= mostTold) console.log(`line ${line}:${where} ${faults[fault]}`)
    else if (told === mostTold + 1)
      console.log(`more than ${mostTold} lines are left out; the others are only counted`)
  }
}

/** Throws where nothing of the file could be read. */
function summarise(
  { taken, refused, removed, headings }: Imported,
  { encoding, replace }: { encoding: Encoding; replace: boolean },
): void {
  const { missing, twice, ignored } = headings
  if (missing.length > 0)
    throw new Error(
      `nothing was imported: no column ${missing.join(', ')} (headings stand in the first line; read as ${encoding})`,
    )
  if (twice.length > 0) throw new Error(`nothing was imported: two columns ${twice.join(', ')}`)
  if (ignored.length > 0) console.log(`columns not used: ${ignored.join(', ')}`)
  console.log(
    `${taken} lines taken, ${refused} left out${replace ? `, ${removed} earlier records removed` : ''}`,
  )
  if (taken === 0 && refused > 0) throw new Error('nothing could be read: see the lines above')
}

/** Brings register records in from a CSV file (CHK-2). Ends with 1 where there were lines and none could be taken. */
export async function run(args: readonly string[]): Promise<void> {
  const wish = wishOf(args)
  const { kind, file, partial, replace } = wish
  const encoding = wish.encoding ?? (await encodingOf(file))
  const text = textOf(file, encoding)
  const done = await withDeps((deps) =>
    importRegister(deps, null, { kind, text, partial, replace }, teller(kind)),
  )
  summarise(done, { encoding, replace })
}
