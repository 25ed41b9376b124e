import type { PrintForm } from './desk-schema'

/**
 * The forms as data, in millimetres and points. Both sticker sheets are label sizes that every stationer has; printed on
 * plain paper they are cut along the marks.
 */
export interface StickerSheet {
  readonly kind: 'stickers'
  readonly columns: number
  readonly rows: number
  readonly widthMm: number
  readonly heightMm: number
  /** Above the first row. */
  readonly topMm: number
  readonly barMm: number
  /** The code with its quiet zone, and where it stands in the sticker. */
  readonly code: { readonly sideMm: number; readonly xMm: number; readonly yMm: number }
  /** The column of words beside the code. */
  readonly words: { readonly xMm: number; readonly widthMm: number }
  /** Where each line begins below the top of the sticker, and how large it is. */
  readonly lines: Readonly<
    Record<
      'company' | 'community' | 'door' | 'scan' | 'uses' | 'hotline' | 'foot',
      readonly [yMm: number, points: number]
    >
  >
}

/** One household on a page of its own, for the door or the meter box. */
interface Notice {
  readonly kind: 'notice'
}

/** One page for a meter box: who looks after it, and the code of each household that hangs on it. */
interface BoxCard {
  readonly kind: 'box-card'
  readonly columns: number
  readonly rows: number
}

export type FormFacts = StickerSheet | Notice | BoxCard

/** What a printer cannot reach, with a little to spare: nothing that must be read stands nearer to the edge. */
export const MARGIN_MM = 4.5

export const FORMS: Readonly<Record<PrintForm, FormFacts>> = {
  'stickers-24': {
    kind: 'stickers',
    columns: 3,
    rows: 8,
    widthMm: 70,
    heightMm: 36,
    topMm: 4.5,
    barMm: 6.4,
    code: { sideMm: 27, xMm: 3.2, yMm: 7.6 },
    words: { xMm: 31.6, widthMm: 34 },
    lines: {
      company: [0.9, 9],
      community: [8.2, 8.5],
      door: [12, 10.5],
      scan: [17.6, 7.8],
      uses: [21.2, 7.8],
      hotline: [26, 8.6],
      foot: [30.8, 5.6],
    },
  },
  'stickers-8': {
    kind: 'stickers',
    columns: 2,
    rows: 4,
    widthMm: 105,
    heightMm: 70,
    topMm: 8.5,
    barMm: 11,
    code: { sideMm: 52, xMm: 4.5, yMm: 14.5 },
    words: { xMm: 59, widthMm: 41.5 },
    lines: {
      company: [1.7, 15],
      community: [15.5, 12],
      door: [21.5, 16],
      scan: [32, 11.5],
      uses: [37.5, 11.5],
      hotline: [48, 13],
      foot: [61.5, 7.5],
    },
  },
  notice: { kind: 'notice' },
  'box-card': { kind: 'box-card', columns: 4, rows: 4 },
}
