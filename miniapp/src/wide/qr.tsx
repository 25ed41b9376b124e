import { create } from 'qrcode'
import { useMemo } from 'react'

/** Light around the code, in modules, as scanners want it. */
const QUIET = 4

/** One path for all dark modules, black on white in every mode: scanners do not know dark modes. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' })
    const runs: string[] = []
    for (let row = 0; row < modules.size; row++)
      for (let column = 0; column < modules.size; column++)
        if (modules.get(row, column)) runs.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`)
    return { size: modules.size + 2 * QUIET, path: runs.join('') }
  }, [text])
  return (
    <svg className="hall-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} data-text={text}>
      <rect className="hall-qr-ground" width={size} height={size} />
      <path className="hall-qr-ink" d={path} shapeRendering="crispEdges" />
    </svg>
  )
}
