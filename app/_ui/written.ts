/**
 * A tree of elements with all of it that no script looks at written as text. React writes an element twice, as HTML and in the tree it
 * sends along for the browser, which builds it once more from that; text it writes and leaves alone (decision 033).
 */
import {
  cloneElement,
  createElement,
  Fragment,
  isValidElement,
  type ReactElement,
  type ReactNode,
} from 'react'
import { attributesText, escaped, voidTags } from './html-text.ts'
import { KeptSelect, KeptText } from './live/kept-text.tsx'
import { textsOfDocument } from './live/page-texts.ts'

/**
 * The same page in fewer elements. An element stays: what runs in the browser, what a server action is bound to, a control that holds
 * what somebody typed (so that React leaves it alone when the page comes anew), and whatever stands around one of these.
 */
export const written = (node: ReactNode): ReactNode => nodeOf(pieceOf(node))

type Props = Readonly<Record<string, unknown>>
type Host = ReactElement<Props, string>

/** An element whose inside is text; it becomes text itself where all that stands around it does. */
interface Inert {
  readonly host: Host
  readonly attributes: string
  /** null = of a tag that has no inside. */
  readonly inner: string | null
}
/** What stands in a row, under the key React knows it by. */
interface Row {
  readonly key: string | null
  readonly isList: boolean
  readonly pieces: readonly Piece[]
}
/** For React to write. */
interface Live {
  readonly live: ReactNode
}
type Piece = string | Inert | Row | Live

const isElement = (node: ReactNode) => isValidElement<Props>(node)
const isHost = (element: ReactElement<Props>): element is Host => typeof element.type === 'string'
const insideOf = ({ children }: Props) => children as ReactNode

/** Runs here; what runs in the browser is a reference, and not for us to call. */
const isOurs = (type: unknown): type is (props: Props) => ReactNode =>
  typeof type === 'function' && !('$$typeof' in type)

function pieceOf(node: ReactNode): Piece {
  if (node === null || node === undefined || typeof node === 'boolean') return ''
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'bigint') return String(node)
  if (Array.isArray(node)) return { key: null, isList: true, pieces: node.map(pieceOf) }
  if (node instanceof Promise) return { live: node.then(written) }
  if (!isElement(node)) return { live: node }
  if (isHost(node)) return hostPiece(node)
  const { type, props, key } = node
  const rowOf = (inside: ReactNode): Row => ({ key, isList: false, pieces: [pieceOf(inside)] })
  if (type === Fragment) return rowOf(insideOf(props))
  if (isOurs(type)) return rowOf(type(props))
  return { live: 'children' in props ? cloneElement(node, {}, ...inRow(pieceOf(insideOf(props)))) : node }
}

/** What is typed or chosen stands in them, a frame would load anew, and the others belong to the head of a page. */
const liveTags = new Set(['textarea', 'select', 'iframe', 'script', 'style', 'link', 'meta', 'title'])
const isLive = ({ type, props }: Host) => liveTags.has(type) || (type === 'input' && props.type !== 'hidden')

function hostPiece(host: Host): Piece {
  const { type, props } = host
  const given = htmlGiven(props)
  if (isLive(host)) return { live: type === 'select' && given !== null ? withText(host, given) : host }
  const attributes = attributesText(props)
  if (voidTags.has(type)) return attributes === null ? { live: host } : { host, attributes, inner: null }
  if (given !== null) return attributes === null ? { live: host } : { host, attributes, inner: given }
  const inside = pieceOf(insideOf(props))
  const inner = attributes === null ? null : textOf(inside)
  if (attributes === null || inner === null) return { live: cloneElement(host, {}, ...inRow(inside)) }
  return { host, attributes, inner }
}

/** As HTML; null where React has to write some of it. */
function textOf(piece: Piece): string | null {
  if (typeof piece === 'string') return escaped(piece)
  if ('live' in piece) return null
  if ('host' in piece) {
    const { host, attributes, inner } = piece
    return `<${host.type}${attributes}${inner === null ? '/>' : `>${inner}</${host.type}>`}`
  }
  let text = ''
  for (const one of piece.pieces) {
    const part = textOf(one)
    if (part === null) return null
    text += part
  }
  return text
}

function nodeOf(piece: Piece): ReactNode {
  if (typeof piece === 'string') return piece
  if ('live' in piece) return piece.live
  if ('host' in piece) return piece.inner === null ? piece.host : withInner(piece.host, piece.inner)
  const nodes = piece.isList ? piece.pieces.map(nodeOf) : piece.pieces.flatMap(inRow)
  if (piece.isList && nodes.every(hasKey)) return nodes
  const [only] = nodes
  if (piece.key === null && nodes.length === 1) return only
  // One element can carry the key itself.
  if (piece.key !== null && nodes.length === 1 && isElement(only) && only.key === null)
    return cloneElement(only, { key: piece.key })
  return createElement(Fragment, piece.key === null ? null : { key: piece.key }, ...nodes)
}

const hasKey = (node: ReactNode) => isElement(node) && node.key !== null

/** As children of an element, which need no keys as those of a list do: whether it was one is not to be seen any more. */
function inRow(piece: Piece): ReactNode[] {
  const isList = typeof piece !== 'string' && 'isList' in piece && piece.isList
  return isList ? piece.pieces.map(nodeOf) : [nodeOf(piece)]
}

/** Plain words need no text of ours. */
function withInner(host: Host, inner: string): ReactElement {
  return inner === '' || typeof host.props.children === 'string' ? host : withText(host, inner)
}

/** Shorter text costs less in the tree than to say where it is. */
const worthKeeping = 200

/** An element around text: where a document is written, that goes along in its HTML alone (decision 040). */
function withText({ key, type, props }: Host, inner: string): ReactElement {
  const { children: _, dangerouslySetInnerHTML: __, ...own } = props
  const given = key === null ? own : { ...own, key }
  // A drawing is no HTML, which is what a browser would spell it as.
  if ((inner.length < worthKeeping && type !== 'select') || type === 'svg')
    return createElement(type, { ...given, dangerouslySetInnerHTML: { __html: inner } })
  const texts = textsOfDocument()
  const place = texts ? { at: texts.push(inner) - 1 } : { html: inner }
  return type === 'select'
    ? createElement(KeptSelect, { ...given, ...place })
    : createElement(KeptText, { ...given, ...place, as: type })
}

function htmlGiven({ dangerouslySetInnerHTML: given }: Props): string | null {
  return typeof given === 'object' && given !== null && '__html' in given ? String(given.__html) : null
}
