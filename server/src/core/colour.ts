/** Colours as WCAG 2 measures them; written #RRGGBB everywhere else. */
type Rgb = readonly [red: number, green: number, blue: number]

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]
/** The cards of the dark mode, as miniapp/src/design/tokens.scss has them. */
const NIGHT: Rgb = [27, 30, 35]
/** WCAG 2 success criterion 1.4.3. */
const ENOUGH = 4.5
const STEP = 0.04
/** A shade that has more of black or white in it than of the colour is no longer the company's colour. */
const MOST_MIXED = 0.5

const parse = (hex: string): Rgb => {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)
  return [part(1), part(3), part(5)]
}
const text = (colour: Rgb): string =>
  `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`.toUpperCase()
const mix = (from: Rgb, to: Rgb, share: number): Rgb => {
  const part = (a: number, b: number): number => Math.round(a + (b - a) * share)
  return [part(from[0], to[0]), part(from[1], to[1]), part(from[2], to[2])]
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (part: number): number => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function contrastOf(a: Rgb, b: Rgb): number {
  const [one, other] = [luminance(a), luminance(b)]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

/** From 1 to 21; both as #RRGGBB. */
export const contrast = (a: string, b: string): number => contrastOf(parse(a), parse(b))

/** How much of `to` has to be mixed in until the colour stands out from every ground. */
function shareNeeded(colour: Rgb, to: Rgb, grounds: readonly Rgb[]): number {
  for (let share = 0; share < 1; share += STEP)
    if (grounds.every((ground) => contrastOf(mix(colour, to, share), ground) >= ENOUGH)) return share
  return 1
}

/** The shade of a company's colour in which letters stand on white paper, and on which white letters stand. */
export function shadeForWhite(hex: string): string {
  const colour = parse(hex)
  const share = shareNeeded(colour, BLACK, [WHITE, mix(WHITE, colour, 0.1)])
  return text(mix(colour, BLACK, share))
}

/** The shade in which letters stand at night. */
export function shadeForNight(hex: string): string {
  const colour = parse(hex)
  const share = shareNeeded(colour, WHITE, [NIGHT, mix(NIGHT, colour, 0.22)])
  return text(mix(colour, WHITE, share))
}

/**
 * Why a colour cannot be a company's, or null. Letters, buttons and marks are drawn in the nearest shade that stands
 * out by 4.5 to 1 from white and from the dark mode's ground; what has to move too far would be another colour.
 */
export function faultOfBrandColour(hex: string): string | null {
  const colour = parse(hex)
  const said = (share: number, ground: string, ask: string): string | null =>
    share > MOST_MIXED
      ? `has ${contrast(hex, ground).toFixed(1)}:1 on ${ground}, and needs 4.5:1 in a shade that is still this colour: choose a ${ask} one`
      : null
  return (
    said(shareNeeded(colour, BLACK, [WHITE, mix(WHITE, colour, 0.1)]), text(WHITE), 'darker') ??
    said(shareNeeded(colour, WHITE, [NIGHT, mix(NIGHT, colour, 0.22)]), text(NIGHT), 'lighter')
  )
}
