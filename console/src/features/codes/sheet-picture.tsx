import type { PrintForm } from './api'

interface Cell {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const PAGE = { width: 210, height: 297 } as const
const grid = (columns: number, rows: number, width: number, height: number, top: number): Cell[] =>
  Array.from({ length: columns * rows }, (_, index) => ({
    x: (index % columns) * width,
    y: top + Math.floor(index / columns) * height,
    width,
    height,
  }))

/** What a page of this form looks like, in its true measures; the colour is the company's. */
export function SheetPicture({ form, colour }: { readonly form: PrintForm; readonly colour: string }) {
  return (
    <svg viewBox={`0 0 ${PAGE.width} ${PAGE.height}`} className="sheet-picture" aria-hidden>
      <rect {...PAGE} fill="#fff" stroke="#c9cdd3" strokeWidth={1.5} />
      {form === 'stickers-24' ? <Stickers cells={grid(3, 8, 70, 36, 4.5)} bar={6.4} colour={colour} /> : null}
      {form === 'stickers-8' ? <Stickers cells={grid(2, 4, 105, 70, 8.5)} bar={11} colour={colour} /> : null}
      {form === 'notice' ? <Notice colour={colour} /> : null}
      {form === 'box-card' ? <BoxCard colour={colour} /> : null}
    </svg>
  )
}

function Code({ x, y, side }: { readonly x: number; readonly y: number; readonly side: number }) {
  const eye = side * 0.3
  return (
    <g fill="#17191c">
      <rect x={x} y={y} width={eye} height={eye} />
      <rect x={x + side - eye} y={y} width={eye} height={eye} />
      <rect x={x} y={y + side - eye} width={eye} height={eye} />
      <rect x={x + side * 0.42} y={y + side * 0.42} width={side * 0.58} height={side * 0.58} opacity={0.55} />
    </g>
  )
}

function Stickers({
  cells,
  bar,
  colour,
}: {
  readonly cells: readonly Cell[]
  readonly bar: number
  readonly colour: string
}) {
  return cells.map(({ x, y, width, height }) => {
    const side = height - bar - 7
    return (
      <g key={`${x}-${y}`}>
        <rect x={x} y={y} width={width} height={height} fill="none" stroke="#e3e5e9" />
        <rect x={x} y={y} width={width} height={bar} fill={colour} />
        <Code x={x + 5} y={y + bar + 3.5} side={side} />
        {[0.15, 0.38, 0.6].map((at) => (
          <rect
            key={at}
            x={x + side + 11}
            y={y + bar + (height - bar) * at}
            width={(width - side - 16) * (at === 0.15 ? 0.9 : 0.7)}
            height={height * 0.07}
            fill="#9aa1ab"
          />
        ))}
      </g>
    )
  })
}

function Notice({ colour }: { readonly colour: string }) {
  return (
    <>
      <rect width={PAGE.width} height={34} fill={colour} />
      <rect x={65} y={50} width={80} height={9} fill="#5b626b" />
      <Code x={62} y={80} side={86} />
      {[184, 200, 216, 246].map((y) => (
        <rect key={y} x={45} y={y} width={120} height={7} fill="#9aa1ab" />
      ))}
    </>
  )
}

function BoxCard({ colour }: { readonly colour: string }) {
  return (
    <>
      <rect width={PAGE.width} height={26} fill={colour} />
      <rect x={12} y={38} width={70} height={10} fill="#5b626b" />
      <rect x={115} y={32} width={83} height={32} fill="#e9ebee" />
      <rect x={121} y={43} width={60} height={9} fill="#5b626b" />
      {grid(4, 4, 46.5, 47.5, 82).map(({ x, y }) => (
        <Code key={`${x}-${y}`} x={x + 20} y={y + 8} side={30} />
      ))}
    </>
  )
}
