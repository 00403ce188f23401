import { Text } from '@react-pdf/renderer'
import { lineParts } from '#lib/print/lines.ts'

// Thinner ones are lost on screens.
export const rule = '1 solid #000'

/** Text whose lines end where Chinese ones may. */
export const Words = ({
  children,
  centred = false,
  ways = lineParts,
}: {
  children: string
  centred?: boolean
  ways?: (word: string) => string[]
}) => (
  <Text hyphenationCallback={ways} style={centred ? { textAlign: 'center' } : {}}>
    {children}
  </Text>
)
