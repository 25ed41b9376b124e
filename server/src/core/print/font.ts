import { readFileSync } from 'node:fs'
import { create, type Font } from 'fontkit'
import { unpackWoff } from './unpack-woff'

/**
 * The letters of everything that is printed: Noto Sans SC, whose licence lets it be embedded. The main file has the eight
 * thousand characters of everyday Chinese; five thousand rarer ones lie in a hundred slices, each read when a name
 * needs it. Character sets are a fact of these files and never change, so they are kept as long as the process lives.
 */
export type Weight = 400 | 700

/** What stands for a character that no file has: 〓, the printer's mark for a letter that is missing from the case. */
export const MISSING_LETTER = '〓'

export interface Piece {
  /** A name under which the document knows the font file. */
  readonly font: string
  readonly text: string
}

const PACKAGE = '@fontsource/noto-sans-sc'
const MAIN = 'chinese-simplified'

const fonts = new Map<string, { readonly bytes: Buffer; readonly opened: Font }>()

function fontOf(name: string): { readonly bytes: Buffer; readonly opened: Font } {
  const known = fonts.get(name)
  if (known) return known
  // Found beside the package wherever that is installed: neither the tests nor the bundle know a path of their own.
  const packed = readFileSync(require.resolve(`${PACKAGE}/files/noto-sans-sc-${name}-normal.woff`))
  const bytes = unpackWoff(packed)
  const font = { bytes, opened: create(bytes) }
  fonts.set(name, font)
  return font
}

/** The file of a piece, as a document embeds it. */
export const fontBytes = (font: string): Buffer => fontOf(font).bytes

type Span = readonly [from: number, to: number, slice: string]
let slices: readonly Span[] | null = null

/** Which slice has which characters, as the package tells browsers. */
function spans(): readonly Span[] {
  if (slices) return slices
  const told = JSON.parse(readFileSync(require.resolve(`${PACKAGE}/unicode.json`), 'utf8')) as Record<
    string,
    string
  >
  slices = Object.entries(told).flatMap(([slice, ranges]) =>
    ranges.split(',').flatMap((range): Span[] => {
      const [, from, to = from] = /^U\+([0-9a-f]+)(?:-([0-9a-f]+))?$/i.exec(range.trim()) ?? []
      const name = /^\[(\d+)\]$/.exec(slice)?.[1]
      return from === undefined || name === undefined
        ? []
        : [[Number.parseInt(from, 16), Number.parseInt(to ?? from, 16), name]]
    }),
  )
  return slices
}

const homes = new Map<string, string | null>()

/** The file that has this character; null when none does. */
function homeOf(character: string, weight: Weight): string | null {
  const key = `${weight}${character}`
  const known = homes.get(key)
  if (known !== undefined) return known
  const code = character.codePointAt(0) ?? 0
  const main = `${MAIN}-${weight}`
  const slice = spans().find(([from, to]) => code >= from && code <= to)?.[2]
  let home: string | null = null
  if (fontOf(main).opened.hasGlyphForCodePoint(code)) home = main
  else if (slice !== undefined && fontOf(`${slice}-${weight}`).opened.hasGlyphForCodePoint(code))
    home = `${slice}-${weight}`
  homes.set(key, home)
  return home
}

/** Cuts a line into pieces of one font file each. What nobody can draw is 〓, and is counted. */
export function piecesOf(
  text: string,
  weight: Weight,
): { readonly pieces: Piece[]; readonly missing: number } {
  const pieces: { font: string; text: string }[] = []
  let missing = 0
  for (const character of text.normalize('NFC')) {
    const home = homeOf(character, weight)
    if (home === null) missing++
    const font = home ?? `${MAIN}-${weight}`
    const drawn = home === null ? MISSING_LETTER : character
    const last = pieces.at(-1)
    if (last?.font === font) last.text += drawn
    else pieces.push({ font, text: drawn })
  }
  return { pieces, missing }
}
