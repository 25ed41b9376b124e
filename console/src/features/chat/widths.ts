/** Widths of the list and of the resident's pane in pixels; the conversation has what is left. */
export interface Widths {
  readonly list: number
  readonly side: number
}

/** At 1024 pixels, less the menu, all three still stand beside each other. */
export const least = { list: 216, talk: 420, side: 250 } as const
export const most: Widths = { list: 440, side: 520 }
const usual: Widths = { list: 296, side: 332 }

const within = (value: unknown, name: keyof Widths): number =>
  typeof value === 'number' && Number.isFinite(value)
    ? Math.min(most[name], Math.max(least[name], Math.round(value)))
    : usual[name]

/** What this browser remembers; garbage and other people's screens do no harm. */
export function readWidths(remembered: string | null): Widths {
  const [list, side] = (remembered ?? '').split(',').map((part) => (part === '' ? Number.NaN : Number(part)))
  return { list: within(list, 'list'), side: within(side, 'side') }
}

/** Where the window is too narrow for what is remembered, both give way, and the conversation keeps its room. */
export function fitted({ list, side }: Widths, totalPx: number): Widths {
  const over = list + side + least.talk - totalPx
  if (over <= 0) return { list, side }
  const fromSide = Math.min(over, side - least.side)
  return { list: Math.max(least.list, list - (over - fromSide)), side: side - fromSide }
}

export const writtenWidths = ({ list, side }: Widths): string => `${Math.round(list)},${Math.round(side)}`
