/**
 * Takes the tax out of a sum that contains it: tax = total × rate ÷ (100 + rate), rounded half up to the fen, and the net
 * sum is what is left, so that net + tax is the total exactly. Null is an exempt sale.
 */
export function splitTax(
  totalFen: number,
  ratePercent: number | null,
): { readonly netFen: number; readonly taxFen: number } {
  if (ratePercent === null) return { netFen: totalFen, taxFen: 0 }
  const whole = 100 + ratePercent
  const taxFen = Math.floor((2 * totalFen * ratePercent + whole) / (2 * whole))
  return { netFen: totalFen - taxFen, taxFen }
}
