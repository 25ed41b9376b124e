/** A period of the usage curve: what was used where that is known, else what was charged. */
export interface UsageRow {
  readonly period: string
  readonly amountFen: number
  readonly quantity: string | null
  readonly unit: string | null
}

export interface Curve {
  readonly unit: string | null
  readonly points: readonly {
    readonly period: string
    readonly value: number
    readonly x: number
    readonly y: number
  }[]
  readonly most: number
}

/** Quantities are drawn only where every period has one; a curve of two kinds of figures would lie. */
export function curveOf(rows: readonly UsageRow[], width: number, height: number): Curve | null {
  if (rows.length < 2) return null
  const unit = rows[0]?.unit ?? null
  const measured = rows.every(({ quantity, unit: one }) => quantity !== null && one === unit && unit !== null)
  const values = rows.map(({ quantity, amountFen }) => (measured ? Number(quantity) : amountFen / 100))
  if (values.some((value) => !Number.isFinite(value))) return null
  const most = Math.max(...values)
  const step = width / (rows.length - 1)
  return {
    unit: measured ? unit : null,
    most,
    points: rows.map(({ period }, index) => {
      const value = values[index] ?? 0
      return { period, value, x: Math.round(index * step * 10) / 10, y: heightOf(value, most, height) }
    }),
  }
}

/** Zero lies on the ground, the largest value at the top. */
const heightOf = (value: number, most: number, height: number): number =>
  Math.round((most <= 0 ? height : height - (Math.max(0, value) / most) * height) * 10) / 10
