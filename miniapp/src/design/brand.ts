import type { CSSProperties } from 'react'

/** A company's colour may be anything; these keep letters on it, and it on paper, readable at 4.5 to 1. */
type Rgb = readonly [number, number, number]

const white: Rgb = [255, 255, 255]
const night: Rgb = [27, 30, 35]
const enough = 4.5

function parse(hex: string): Rgb | null {
  const found = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex.trim())
  if (!found) return null
  const part = (index: number) => Number.parseInt(found[index] ?? '0', 16)
  return [part(1), part(2), part(3)]
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  Math.round(from[0] + (to[0] - from[0]) * share),
  Math.round(from[1] + (to[1] - from[1]) * share),
  Math.round(from[2] + (to[2] - from[2]) * share),
]

const text = (colour: Rgb): string => `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`

/** Relative luminance as WCAG 2 defines it. */
function luminance([red, green, blue]: Rgb): number {
  const linear = (part: number) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return ((high ?? 1) + 0.05) / ((low ?? 0) + 0.05)
}

/** The nearest shade towards `to` that stands out from every ground by 4.5 to 1. */
function readable(colour: Rgb, to: Rgb, grounds: readonly Rgb[]): Rgb {
  for (let share = 0; share < 1; share += 0.04) {
    const shade = mix(colour, to, share)
    if (grounds.every((ground) => contrast(shade, ground) >= enough)) return shade
  }
  return to
}

/** The four shades design/tokens.scss knows: ground, soft ground, and both for the night. Null: not a colour. */
export function brandShades(hex: string) {
  const colour = parse(hex)
  if (!colour) return null
  const soft = mix(white, colour, 0.1)
  const dim = mix(night, colour, 0.22)
  return {
    brand: text(readable(colour, [0, 0, 0], [white, soft])),
    soft: text(soft),
    bright: text(readable(colour, white, [night, dim])),
    dim: text(dim),
  }
}

/** Inline variables for an element with class `branded`; nothing when the colour is unknown. */
export function brandStyle(hex: string | undefined): CSSProperties {
  const shades = hex ? brandShades(hex) : null
  if (!shades) return {}
  const variables = {
    '--brand': shades.brand,
    '--brand-soft': shades.soft,
    '--brand-bright': shades.bright,
    '--brand-dim': shades.dim,
  }
  return variables as CSSProperties
}
