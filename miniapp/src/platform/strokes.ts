/** The few drawing calls that a pen needs; canvases of browsers and wallets all have them. */
export interface Pen {
  fillStyle: unknown
  strokeStyle: unknown
  lineWidth: number
  lineCap: string
  lineJoin: string
  fillRect(x: number, y: number, width: number, height: number): void
  beginPath(): void
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  stroke(): void
}

interface Point {
  readonly x: number
  readonly y: number
}

/** Ink on paper: the same on every wallet, so the server always gets dark strokes on white. */
export class Strokes {
  private last: Point | null = null

  constructor(
    private readonly pen: Pen,
    private readonly width: number,
    private readonly height: number,
  ) {
    this.clear()
  }

  clear(): void {
    this.pen.fillStyle = '#ffffff'
    this.pen.fillRect(0, 0, this.width, this.height)
    this.last = null
  }

  down(at: Point): void {
    this.last = at
    this.move({ x: at.x + 0.1, y: at.y })
  }

  move(to: Point): void {
    const { last, pen } = this
    if (last === null) return
    pen.strokeStyle = '#15181d'
    pen.lineWidth = 3
    pen.lineCap = 'round'
    pen.lineJoin = 'round'
    pen.beginPath()
    pen.moveTo(last.x, last.y)
    pen.lineTo(to.x, to.y)
    pen.stroke()
    this.last = to
  }

  up(): void {
    this.last = null
  }
}
