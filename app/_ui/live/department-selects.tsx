'use client'
import { useEffect, useRef, useState } from 'react'
import { paths } from '#lib/paths.ts'

interface Option {
  id: string
  label: string
}
interface Props {
  id: string
  name: string
  levels: readonly (readonly Option[])[]
  chosen: readonly string[]
  /** `aria-describedby` and `aria-invalid` of each select. */
  bound: { 'aria-describedby'?: string; 'aria-invalid'?: true }
  words: { levels: readonly string[]; choose: string; show: string; failed: string }
}

/**
 * 省 → 市 → 区县 (DEP-1). The page sends as many selects as the stored choice opens and a button for the next one;
 * with script the next select comes by itself and the button goes away.
 */
export function DepartmentSelects({ id, name, levels, chosen, bound, words }: Props) {
  const [shown, setShown] = useState(levels)
  const [values, setValues] = useState(chosen)
  const [live, setLive] = useState(false)
  const [failed, setFailed] = useState(false)
  useEffect(() => setLive(true), [])

  const latest = useRef(0)

  async function choose(index: number, value: string) {
    const turn = ++latest.current
    setValues([...values.slice(0, index), value])
    setShown(shown.slice(0, index + 1))
    if (value === '') return
    try {
      const answer = await fetch(paths.departmentOptions(value))
      const below: Option[] = await answer.json()
      // Another choice was made meanwhile: this answer is about one that is gone.
      if (turn !== latest.current) return
      setFailed(false)
      if (below.length > 0) setShown([...shown.slice(0, index + 1), below])
    } catch {
      setFailed(true)
    }
  }

  return (
    <>
      <div className="flex flex-wrap gap-3 max-sm:flex-col">
        {shown.map((options, index) => {
          const own = index === 0 ? id : `${id}-${index + 1}`
          return (
            <div key={own} className="min-w-44 grow sm:max-w-60">
              <label htmlFor={own} className="mb-1 block text-hint text-ink-2">
                {words.levels[index]}
              </label>
              <select
                id={own}
                name={`${name}.${index + 1}`}
                className="control"
                value={values[index] ?? ''}
                onChange={(event) => choose(index, event.target.value)}
                {...bound}
              >
                <option value="">{words.choose}</option>
                {options.map((option) => (
                  <option key={option.id} value={option.id}>
                    {option.label}
                  </option>
                ))}
              </select>
            </div>
          )
        })}
      </div>
      {live && !failed ? null : (
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <button type="submit" name="intent" value="levels" className="button button-secondary">
            {words.show}
          </button>
          {failed ? <p role="status">{words.failed}</p> : null}
        </div>
      )}
    </>
  )
}
