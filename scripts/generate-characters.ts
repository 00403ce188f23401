/**
 * Writes lib/text/characters.json, the table of the 生僻字 picker, from two public sources (docs/decisions/009):
 *   apt-get download unicode-data && dpkg -x unicode-data_*.deb unihan
 *   npm pack @mandel59/mojidata@1.8.1 && tar xzf mandel59-mojidata-1.8.1.tgz
 *   node scripts/generate-characters.ts unihan/usr/share/unicode package/dist/moji.db
 * `groups` is keyed `<level>/<strokes>` in the order of the search: level 3 is 通用规范汉字表 三级字, level 0 what that
 * table does not have. An entry is the character, its readings by comma, its direct parts. `parts` holds the parts of
 * common characters and of parts themselves, so that a character is found by the parts of its parts too.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

type Properties = ReadonlyMap<number, ReadonlyMap<string, string>>

const files = ['Readings', 'IRGSources', 'OtherMappings'].map((name) => `Unihan_${name}.txt.bz2`)
/** Positions 1–3500 and 3501–6500 of the table are its levels 1 and 2, which every input method has. */
const lastOfLevel2 = 6500
/** Sets that hold characters of people and places without a reading: household registration, identity cards, place names. */
const ofPeople = /^G(XM|RM|IDC\d*|DM)-/
const described = /[\p{Unified_Ideograph}\u2E80-\u2FDF]/gu

function readUnihan(folder: string): Properties {
  const found = new Map<number, Map<string, string>>()
  for (const file of files) {
    const text = execFileSync('bzcat', [join(folder, file)], { maxBuffer: 1 << 28 }).toString('utf8')
    for (const [, code = '', key = '', value = ''] of text.matchAll(/^U\+([0-9A-F]+)\t(\w+)\t(.*)$/gm)) {
      const point = Number.parseInt(code, 16)
      const properties = found.get(point) ?? new Map<string, string>()
      found.set(point, properties.set(key, value))
    }
  }
  return found
}

/** Direct parts by character: the form written in China where several are described. */
function readParts(database: string): Map<string, string> {
  const rows = new Database(database, { readonly: true })
    .prepare<[], { UCS: string; source: string; IDS: string }>(
      'select UCS, source, IDS from ids order by rowid',
    )
    .all()
  const chosen = new Map<string, { inChina: boolean; parts: string }>()
  for (const { UCS, source, IDS } of rows) {
    const held = chosen.get(UCS)
    const inChina = source.includes('G')
    if (held && (held.inChina || !inChina)) continue
    chosen.set(UCS, { inChina, parts: [...new Set(IDS.match(described))].join('') })
  }
  return new Map([...chosen].flatMap(([of, { parts }]) => (parts === of ? [] : [[of, parts] as const])))
}

/** All readings, the one of everyday use first. */
function readingsOf(properties: ReadonlyMap<string, string>): string[] {
  const placed = ['kTGHZ2013', 'kXHC1983', 'kHanyuPinyin'].flatMap((key) =>
    (properties.get(key) ?? '').split(' ').flatMap((entry) => (entry.split(':')[1] ?? '').split(',')),
  )
  const [everyday = ''] = (properties.get('kMandarin') ?? '').split(' ')
  return [...new Set([everyday, ...placed].map((reading) => reading.normalize('NFC')))].filter(
    (reading) => reading !== '',
  )
}

const positionOf = (properties: ReadonlyMap<string, string>) =>
  Number(properties.get('kTGH')?.split(':')[1] ?? 0)

function build(unihan: Properties, parts: ReadonlyMap<string, string>) {
  const groups = new Map<string, string[]>()
  const offered = new Set<string>()
  for (const [point, properties] of [...unihan].sort(([a], [b]) => a - b)) {
    const character = String.fromCodePoint(point)
    // Compatibility duplicates look like another character and are not unified ones.
    if (!/^\p{Unified_Ideograph}$/u.test(character)) continue
    const position = positionOf(properties)
    if (position > 0 && position <= lastOfLevel2) continue
    const readings = readingsOf(properties)
    const known =
      readings.length > 0 ||
      position > 0 ||
      properties.has('kIICore') ||
      ofPeople.test(properties.get('kIRG_GSource') ?? '')
    if (!known) continue
    const [strokes = ''] = (properties.get('kTotalStrokes') ?? '').split(' ')
    if (strokes === '') throw new Error(`${character} has no number of strokes`)
    const key = `${position > 0 ? 3 : 0}/${strokes}`
    groups.set(key, [
      ...(groups.get(key) ?? []),
      `${character}${readings.join(',')}${parts.get(character) ?? ''}`,
    ])
    offered.add(character)
  }
  const rank = (key: string) => (key.startsWith('3') ? 0 : 1000) + Number(key.slice(2))
  return {
    groups: Object.fromEntries(
      [...groups].sort(([a], [b]) => rank(a) - rank(b)).map(([key, entries]) => [key, entries.join(' ')]),
    ),
    parts: [...insides(offered, parts)].sort().join(' '),
    count: offered.size,
  }
}

/** `character` + parts of everything that is a part of what is offered, at any depth, and is not offered itself. */
function* insides(offered: ReadonlySet<string>, parts: ReadonlyMap<string, string>): Generator<string> {
  const seen = new Set(offered)
  const open = [...offered]
  for (let character = open.pop(); character !== undefined; character = open.pop()) {
    const own = parts.get(character) ?? ''
    if (own !== '' && !offered.has(character)) yield character + own
    for (const part of own) {
      if (!seen.has(part)) open.push(part)
      seen.add(part)
    }
  }
}

if (import.meta.main) {
  const [folder, database] = process.argv.slice(2)
  if (!folder || !database) throw new Error('usage: generate-characters.ts <unicode folder> <moji.db>')
  const { count, ...table } = build(readUnihan(folder), readParts(database))
  const text = `${JSON.stringify(table, null, 2)}\n`
  writeFileSync(new URL('../lib/text/characters.json', import.meta.url), text)
  console.log(`${count} characters, ${Buffer.byteLength(text)} bytes`)
}
