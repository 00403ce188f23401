import { expect, it } from 'vitest'
import { toldApart } from '#lib/views/reviewers.ts'

it('tells people of one name apart by their login names, and leaves the others as they are', () => {
  const people = [
    { name: '陈某', login: 'chen' },
    { name: '韦斌', login: 'wei' },
    { name: '陈某', login: 'chen2' },
  ]
  expect(toldApart(people).map(({ apart }) => apart)).toEqual([
    '陈某，登录名 chen',
    '韦斌',
    '陈某，登录名 chen2',
  ])
})
