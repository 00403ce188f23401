import fc from 'fast-check'
import { Fragment, createElement as h, isValidElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { written } from '#app/_ui/written.ts'
import { marksOfRequests } from '#lib/door/marks.ts'

/** React writes some attributes of controls in an order of its own. */
const inOrder = (html: string) =>
  html.replace(
    /<([a-z]\w*)((?:\s[^\s=>/]+(?:="[^"]*")?)*)(\/?)>/g,
    (_, tag, attributes: string, end: string) => {
      const all = attributes.match(/[^\s=]+(?:="[^"]*")?/g) ?? []
      return `<${[tag, ...all.toSorted()].join(' ')}${end}>`
    },
  )
const html = (node: ReactNode) => inOrder(renderToStaticMarkup(node))

/** What is left for React to write of a tree. */
function tagsOf(node: ReactNode): string[] {
  if (Array.isArray(node)) return node.flatMap(tagsOf)
  if (!isValidElement<{ children?: ReactNode }>(node)) return []
  const name = typeof node.type === 'string' ? [node.type] : []
  return [...name, ...tagsOf(node.props.children)]
}

/** As the bundler gives a server what runs in the browser. */
const Island = Object.assign(
  ({ children }: { children?: ReactNode }) => h('b', { lang: 'island' }, children),
  {
    $$typeof: Symbol.for('react.client.reference'),
  },
)
const Ours = ({ title, children }: { title: string; children?: ReactNode }) =>
  h('section', { 'aria-label': title }, h('h2', null, title), children)

const Late = async () => h('p', null, h('i', null, '晚'))
const Broken = () => {
  throw new Error('not-found')
}

describe('a tree without anything of the browser', () => {
  it('is one element', () => {
    const tree = h(
      'div',
      { className: 'a' },
      h(Ours, { title: '标题' }, h('p', null, '甲', h('br'), 1, null, false)),
      [h('i', { key: 'x' }, '乙')],
    )
    expect(html(written(tree))).toBe(html(tree))
    expect(tagsOf(written(tree))).toEqual(['div'])
  })

  it.each([
    ['text that looks like a tag', h('p', null, h('i'), `<script>alert("1")</script> & 'x'`)],
    ['an attribute that looks like a tag', h('p', null, h('i', { title: `"><script>alert('1')</script>` }))],
    ['an address with a mark in it', h('p', null, h('a', { href: '/a?b=1&c="2"' }, 'a'))],
    [
      'a drawing',
      h(
        'p',
        null,
        h(
          'svg',
          { viewBox: '0 0 1 1' },
          h('path', { d: 'M0 0', strokeWidth: '1.8', strokeLinejoin: 'round' }),
        ),
      ),
    ],
    [
      'a label and a hidden value',
      h('p', null, h('label', { htmlFor: 'x' }, 'x'), h('input', { type: 'hidden', name: 'n', value: '"' })),
    ],
    [
      'flags and marks',
      h(
        'div',
        null,
        h(
          'details',
          { open: true },
          h('i', { 'aria-hidden': true, 'data-a': false, hidden: false, tabIndex: -1 }, 'x'),
        ),
      ),
    ],
    // biome-ignore lint/security/noDangerouslySetInnerHtml: what a part gives as text is to stay as it is
    ['text given', h('div', null, h('p', { dangerouslySetInnerHTML: { __html: '<b>x</b>' } }))],
    ['a table', h('table', null, h('tbody', null, h('tr', null, h('td', { colSpan: 2, rowSpan: 2 }, 'x'))))],
    [
      'a moment',
      h('p', null, h('time', { dateTime: '2026-01-01' }, 'x'), h('img', { src: '/x', alt: '', width: '1' })),
    ],
    [
      'a picture that waits until it is near',
      h(
        'picture',
        null,
        h('source', { media: '(min-width: 80rem)', srcSet: 'data:image/gif;base64,R0lG=' }),
        h('img', { src: '/files/1?size=small', alt: '图 1', loading: 'lazy' }),
      ),
    ],
    ['nothing', h('p', null, null, '', [], h(Fragment, null))],
  ])('is what React writes: %s', (_, tree) => {
    expect(html(written(tree))).toBe(html(tree).replace(/<link [^>]*rel="preload"[^>]*>/g, ''))
    expect(tagsOf(written(tree))).toHaveLength(1)
  })
})

describe('stays an element', () => {
  const beside = h('p', { className: 'beside' }, h('b', null, '旁'))
  const island = h(Island)
  it.each([
    ['what runs in the browser', island],
    ['a form with an action', h('form', { action: async () => {} }, h('button', { type: 'submit' }, '交'))],
    ['a button with an action', h('button', { type: 'submit', formAction: async () => {} }, '交')],
    ['a text that is typed', h('input', { name: 'a', defaultValue: 'x' })],
    ['a tick', h('input', { type: 'checkbox', defaultChecked: true })],
    ['a long text', h('textarea', { defaultValue: 'x' })],
    ['a choice', h('select', { defaultValue: 'b' }, h('option', { value: 'b' }, 'b'))],
    ['an attribute we do not know', h('p', { spellCheck: false }, 'x')],
    ['a style', h('p', { style: { color: 'red' } }, 'x')],
    ['an address of another kind', h('a', { href: 'java\tscript:alert(1)' }, 'x')],
    ['an address that is empty', h('a', { href: '' }, 'x')],
  ])('%s', (_, one) => {
    const tree = h('main', null, beside, h('div', { lang: 'zh' }, one), beside)
    const found = written(tree)
    expect(html(found)).toBe(html(tree))
    const own = isValidElement(one) && typeof one.type === 'string' ? tagsOf(one) : []
    expect(tagsOf(found)).toEqual(['main', 'p', 'div', ...own, 'p'])
  })

  it('the inside of what runs in the browser is written', () => {
    const tree = h(Island, null, h('p', null, h('i', null, 'x')))
    expect(html(written(tree))).toBe(html(tree))
    expect(tagsOf(written(tree))).toEqual(['p'])
  })
})

it('keeps the keys that React knows elements by', () => {
  const typed = (name: string) => h('p', { key: name }, h('input', { name }))
  const list = ['a', 'b'].map(typed)
  const none = h('p', null, h('b', null, '无'))
  const found = written(h('div', null, none, list, h(Ours, { key: 'c', title: 'c' }, typed('d'))))
  const keys = (node: ReactNode): unknown[] =>
    Array.isArray(node)
      ? node.flatMap(keys)
      : isValidElement<{ children?: ReactNode }>(node)
        ? [node.key, ...keys(node.props.children)]
        : []
  expect(keys(found).filter((key) => key !== null)).toEqual(['a', 'b', 'c', 'd'])
})

it('an element that is all of its part carries the key itself', () => {
  const found = written(h('div', null, h(Fragment, { key: 'a' }, h('p', { lang: 'zh' }, h('input')))))
  expect(found).toMatchObject({ props: { children: { type: 'p', key: 'a', props: { lang: 'zh' } } } })
})

it('writes what is awaited when it is there', async () => {
  const found = written(h('div', null, h(Late as never)))
  const [late] = isValidElement<{ children: ReactNode[] | Promise<ReactNode> }>(found)
    ? [found.props.children].flat()
    : []
  expect(tagsOf((await late) as ReactNode)).toEqual(['p'])
})

it('lets what a part throws through', () => {
  expect(() => written(h('div', null, h(Broken)))).toThrow('not-found')
})

const leaf = fc.oneof(fc.string(), fc.integer(), fc.constantFrom(null, undefined, false, true))
const attributes = fc.record(
  {
    className: fc.string(),
    title: fc.string(),
    id: fc.string(),
    hidden: fc.boolean(),
    'aria-label': fc.oneof(fc.string(), fc.boolean()),
    'data-x': fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(undefined)),
    tabIndex: fc.integer(),
    lang: fc.oneof(fc.string(), fc.constant(null)),
  },
  { requiredKeys: [] },
)
const { tree } = fc.letrec<{ tree: ReactNode }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf as fc.Arbitrary<ReactNode>,
    fc
      .tuple(
        fc.constantFrom('p', 'span', 'ul', 'b', 'section'),
        attributes,
        fc.array(tie('tree'), { maxLength: 4 }),
      )
      .map(([tag, props, inside]) => h(tag, props as object, ...inside)),
    fc.array(tie('tree'), { maxLength: 3 }).map((inside) => h(Island, null, ...inside)),
    fc.array(tie('tree'), { maxLength: 3 }).map((inside) => h(Ours, { title: '部' }, ...inside)),
    fc.array(tie('tree'), { maxLength: 3 }).map((inside) => h(Fragment, null, ...inside)),
    fc.string().map((name) => h('input', { name, defaultValue: name })),
  ),
}))

it('is what React would write, whatever the tree', () => {
  // Of lists without keys, which these trees have.
  const warn = vi.spyOn(console, 'error').mockImplementation(() => {})
  fc.assert(
    fc.property(tree, (node) => {
      expect(html(written(node))).toBe(html(node))
    }),
    { numRuns: 500 },
  )
  warn.mockRestore()
})

const input = (name: string) => h('input', { name, defaultValue: name })
const Around = ({ children }: { children?: ReactNode }) => h('div', null, h('b', null, '头'), children)
const Parts = ({ name }: { name: string }) => h(Fragment, null, h('b', null, name), input(name), '字')

it('gives React lists as it wants them', () => {
  const warn = vi.spyOn(console, 'error').mockImplementation(() => {})
  const list = ['c', 'd'].map((key) => h('li', { key }, h('i', null, key), input(key)))
  const tree = h(
    'form',
    { action: async () => {} },
    h('p', null, '一'),
    input('a'),
    h(Parts, { name: 'b' }),
    h('ul', null, list),
    h(Around, null, h('p', null, '三'), input('f'), h(Parts, { name: 'g' }), list),
    h(Island, null, h('p', null, '二'), input('e')),
  )
  expect(html(written(tree))).toBe(html(tree))
  expect(warn).not.toHaveBeenCalled()
  warn.mockRestore()
})

describe('of a document', () => {
  const long = '会计人员'.repeat(60)
  const texts = (work: () => void) => {
    const held: string[] = []
    marksOfRequests().run({ unavailable: false, texts: held }, work)
    return held
  }
  const inTree = (node: ReactNode) =>
    JSON.stringify(node, (name, value) => (name === '_owner' ? null : value))
  const unmarked = (node: ReactNode) => html(node).replace(/ data-text="\d+"/g, '')

  it('long text stands in its HTML alone', () => {
    const tree = h('div', { className: 'a' }, h('p', { id: 'b' }, h('i', null, long)), h('br'), '短')
    const held = texts(() => {
      const page = written(tree)
      expect(inTree(page)).not.toContain('会计')
      expect(html(page)).toContain('<div class="a" data-text="0">')
      expect(unmarked(page)).toBe(html(tree))
    })
    expect(held).toEqual([`<p id="b"><i>${long}</i></p><br/>短`])
  })

  it('so do the options of a select, and each part beside what is of the browser', () => {
    const options = `<option value="1">${long}</option>`
    const given = { name: 's', dangerouslySetInnerHTML: { __html: options } }
    const select = h('select', given)
    const tree = h(
      'div',
      null,
      h('p', null, h('b', null, long)),
      h(Island),
      select,
      h('p', { key: 'k' }, h('b', null, long)),
    )
    const held = texts(() => {
      const page = written(tree)
      expect(inTree(page)).not.toContain('会计')
      expect(unmarked(page)).toBe(html(tree))
    })
    expect(held).toHaveLength(3)
    expect(held).toContain(options)
  })

  it('short text and plain words stay in the tree', () => {
    const tree = h('div', null, h(Island), h('p', null, h('b', null, '短')), h('p', null, long))
    const held = texts(() => expect(html(written(tree))).toBe(html(tree)))
    expect(held).toEqual([])
  })

  it('long text stands in the tree where no document is written', () => {
    const tree = h('div', null, h('p', null, h('i', null, long)))
    expect(inTree(written(tree))).toContain(long)
    marksOfRequests().run({ unavailable: false, texts: null }, () => {
      expect(inTree(written(tree))).toContain(long)
      expect(html(written(tree))).toBe(html(tree))
    })
  })

  it('text of another document is an error, not a gap', () => {
    let page: ReactNode
    texts(() => {
      page = written(h('div', null, h('p', null, h('i', null, long))))
    })
    texts(() => expect(() => html(page)).toThrow('a text that no document carries'))
  })

  it('is what React would write, whatever the tree', () => {
    const warn = vi.spyOn(console, 'error').mockImplementation(() => {})
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), (nodes) => {
        const all = h('div', null, h('p', null, h('i', null, long)), ...nodes)
        texts(() => expect(unmarked(written(all))).toBe(html(all)))
      }),
      { numRuns: 200 },
    )
    warn.mockRestore()
  })
})
