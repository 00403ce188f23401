import type { Search } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { Field } from '#app/_ui/field-shell.tsx'
import { CharacterTile, characterLooks as looks } from '#app/_ui/live/character-tile.tsx'
import { Page } from '#app/_ui/page.tsx'
import { type Echo, echoOf, withEcho } from '#lib/action/echo.ts'
import { paths } from '#lib/paths.ts'
import { characterWords as words } from '#lib/text/characters.ts'
import {
  type FoundCharacters,
  findCharacters,
  type NamePage,
  namePageOf,
  namePages,
  type ShownCharacter,
} from '#lib/views/characters.ts'
import { pickCharacter } from './actions.ts'

export const metadata = { title: words.title }

interface Props {
  searchParams: Search
}

/** The form a character is looked up for. */
interface Asking {
  readonly page: NamePage
  readonly echo: string
}

const crumbs = [{ label: words.title }]
const searchField = { name: 'q', label: words.search, hint: words.hint, optional: false, errors: [] }

/** 生僻字 (ACC-4): the picker without script, and a plain look-up for whoever comes by. */
export default async function CharactersPage({ searchParams }: Props) {
  const asked = await searchParams
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const page = namePageOf(text('page'))
  const echo = page ? await keptFor(page, text('echo')) : null
  const asking = page && echo ? { page, echo: echo.id } : null
  const q = text('q').slice(0, 60)
  const found = q === '' ? null : findCharacters(q, text('n'))
  return (
    <Page crumbs={crumbs} title={words.title} lead={words.lead}>
      {page && !asking ? (
        <Notice kind="warn">
          <p>{words.gone}</p>
          <p>
            <a href={namePages[page].address}>{words.goneBack}</a>
          </p>
        </Notice>
      ) : null}
      <search>
        <form action={paths.characters()}>
          <Kept {...asking} />
          <Field field={searchField}>
            <div className="flex max-w-field flex-wrap gap-2">
              <input
                id="q"
                name="q"
                type="search"
                defaultValue={q}
                maxLength={60}
                autoComplete="off"
                aria-describedby="q-hint"
                className="control min-w-44 flex-1"
              />
              <Button>{words.find}</Button>
            </div>
          </Field>
        </form>
      </search>
      {found ? <Results found={found} q={q} asking={asking} /> : null}
      <p className="mt-6 max-w-measure text-hint text-ink-2">{words.fonts}</p>
      {asking ? (
        <p className="mt-6">
          <LinkButton
            href={`${withEcho(namePages[asking.page].address, asking.echo)}#${namePages[asking.page].field}`}
          >
            {words.back}
          </LinkButton>
        </p>
      ) : null}
    </Page>
  )
}

/** The form that was left, if it is this browser's, this person's and still kept. */
async function keptFor(page: NamePage, id: string): Promise<Echo | null> {
  const { address } = namePages[page]
  const found = await echoOf(id, address)
  return found?.page === address ? found : null
}

const Kept = ({ page, echo }: Partial<Asking>) =>
  page && echo ? (
    <>
      <input type="hidden" name="page" value={page} />
      <input type="hidden" name="echo" value={echo} />
    </>
  ) : null

function Results({ found, q, asking }: { found: FoundCharacters; q: string; asking: Asking | null }) {
  const { characters, total, unknown, number, next } = found
  const at = (n: number) => paths.characters({ ...asking, q, n: String(n) })
  return (
    <section aria-labelledby="results">
      <h2 id="results" className="text-h2">
        {words.results}
      </h2>
      {unknown.length > 0 ? <p className="mt-2 text-bad">{words.unknown(unknown)}</p> : null}
      <p role="status" className="mt-2">
        {total === 0 ? words.none : words.found(total)}
        {number > 1 ? <span className="ml-2">{words.position(number)}</span> : null}
      </p>
      {total > 0 ? (
        <p className="mt-1 text-hint text-ink-2">{asking ? words.pickHint : words.copyHint}</p>
      ) : null}
      <Offered characters={characters} q={q} n={number} asking={asking} />
      {number > 1 || next ? (
        <nav aria-label={words.pages} className="mt-4 flex flex-wrap gap-3 print:hidden">
          {number > 1 ? <LinkButton href={at(number - 1)}>{words.previous}</LinkButton> : null}
          {next ? <LinkButton href={at(next)}>{words.next}</LinkButton> : null}
        </nav>
      ) : null}
    </section>
  )
}

interface OfferedProps {
  characters: readonly ShownCharacter[]
  q: string
  n: number
  asking: Asking | null
}

function Offered({ characters, q, n, asking }: OfferedProps) {
  const list = (
    <ul className={`mt-4 ${looks.list}`}>
      {characters.map((shown) => (
        <li key={shown.character}>
          {asking ? (
            <button
              type="submit"
              name="character"
              value={shown.character}
              className={`${looks.tile} ${looks.button}`}
            >
              <CharacterTile {...shown} />
            </button>
          ) : (
            <div className={looks.tile}>
              <CharacterTile {...shown} />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
  if (!asking) return list
  return (
    <form action={pickCharacter}>
      <Kept {...asking} />
      <input type="hidden" name="q" value={q} />
      <input type="hidden" name="n" value={n} />
      {list}
    </form>
  )
}
