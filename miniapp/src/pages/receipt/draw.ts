import type { Receipt } from '../../api/types'
import { paper } from '../../design/colours'
import { money } from '../../format'
import type { Brush } from '../../platform/types'
import { words } from '../../words'
import { billRows, factRows, receiptFen } from './rows'

/** The receipt drawn for keeping. */
const width = 750
const margin = 56
const lineHeight = 56
const headHeight = 400
const footHeight = 110
const family = '"PingFang SC", "Noto Sans CJK SC", sans-serif'

const rowsOf = (receipt: Receipt) => [...billRows(receipt), null, ...factRows(receipt)]

/** Size in pixels of the picture; it grows with the number of bills. */
export function receiptSize(receipt: Receipt): { width: number; height: number } {
  return { width, height: headHeight + rowsOf(receipt).length * lineHeight + footHeight }
}

/** A long number must not run into its label: it is set smaller, as a clerk would. */
const sizeFor = (text: string): number => (text.length > 30 ? 20 : text.length > 22 ? 23 : 27)

export function drawReceipt(brush: Brush, receipt: Receipt): void {
  const { height } = receiptSize(receipt)
  const write = (text: string, x: number, y: number, size: number, colour: string, align: string) => {
    brush.fillStyle = colour
    brush.font = `${size}px ${family}`
    brush.textAlign = align
    brush.fillText(text, x, y)
  }
  brush.fillStyle = paper.ground
  brush.fillRect(0, 0, width, height)
  const middle = width / 2
  write(words.receipt.heading, middle, 100, 40, paper.ink, 'center')
  write(`${words.receipt.no} ${receipt.receiptNo}`, middle, 152, 24, paper.third, 'center')
  write(money(receiptFen(receipt)), middle, 250, 72, paper.ink, 'center')
  write(`${words.receipt.capitals} ${receipt.amountInCapitals}`, middle, 310, 28, paper.second, 'center')
  brush.fillStyle = paper.line
  brush.fillRect(margin, 350, width - margin * 2, 2)
  rowsOf(receipt).forEach((row, index) => {
    const y = headHeight + index * lineHeight + 12
    if (row === null) {
      brush.fillStyle = paper.line
      brush.fillRect(margin, y - 16, width - margin * 2, 2)
      return
    }
    write(row.label, margin, y, 27, paper.third, 'left')
    write(row.value, width - margin, y, sizeFor(row.value), paper.ink, 'right')
  })
  write(words.receipt.note, middle, height - 48, 24, paper.third, 'center')
}
