/** Every colour of the console, once. Pages use them as CSS variables; antd gets them as tokens. */
export const palette = {
  accent: '#1F5FBF',
  ink: '#1A1D23',
  ink2: '#565D68',
  ink3: '#616872',
  line: '#E7EAEE',
  edge: '#D5DAE1',
  bg: '#F5F6F8',
  ground: '#FAFBFC',
  card: '#FFFFFF',
  warn: '#A85B00',
  warnSoft: '#FFF7E6',
  warnLine: '#F6E3B8',
  bad: '#C62828',
  badSoft: '#FDECEC',
  badLine: '#F3C4C4',
  ok: '#0B7A5B',
  okSoft: '#E6F6F0',
  okLine: '#BEE3D5',
  note: '#FFF7E6',
  noteLine: '#F6E3B8',
  whisper: '#F4EFFC',
  whisperLine: '#DCCEF5',
  whisperInk: '#5B3B9C',
  face: '#DDE5F0',
  faceInk: '#34507A',
  land: '#EEF1F4',
  landLine: '#CBD3DC',
  road: '#FFFFFF',
  water: '#CFE3F5',
} as const

type Rgb = readonly [number, number, number]

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

const hexOf = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`.toUpperCase()

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

export function contrast(one: string, other: string): number {
  const lights = [luminance(rgbOf(one)), luminance(rgbOf(other))].sort((a, b) => b - a)
  return ((lights[0] ?? 0) + 0.05) / ((lights[1] ?? 0) + 0.05)
}

const mix = (one: string, other: string, share: number): string => {
  const [from, to] = [rgbOf(one), rgbOf(other)]
  return hexOf([
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ])
}

/** A company's colour, darkened until white on it, and it on its own soft ground, can be read (4.5:1). */
export function readableAccent(colour: string): string {
  if (!/^#[0-9a-fA-F]{6}$/.test(colour)) return palette.accent
  for (let share = 0; share < 1; share += 0.02) {
    const darker = mix(colour, '#000000', share)
    if (contrast(darker, '#FFFFFF') >= 4.5 && contrast(darker, mix(darker, '#FFFFFF', 0.91)) >= 4.5)
      return darker
  }
  return palette.accent
}

/** The accent under a hand and under a finger: darker, so that what is written on it stays readable. */
export const pressed = (accent: string, share: number): string => mix(accent, '#000000', share)

/** All CSS variables of a page with this accent. */
export function variablesFor(accent: string): Record<string, string> {
  const variables = Object.entries(palette).map(([name, value]) => [
    `--${name.replace(/[A-Z0-9]/g, (part) => `-${part.toLowerCase()}`)}`,
    value,
  ])
  return {
    ...(Object.fromEntries(variables) as Record<string, string>),
    '--accent': accent,
    '--accent-soft': mix(accent, '#FFFFFF', 0.91),
    '--accent-line': mix(accent, '#FFFFFF', 0.75),
    '--chosen': mix(accent, '#FFFFFF', 0.94),
  }
}
