import { type PointerEvent, useEffect, useRef } from 'react'
import { keepFile } from './kept-files'
import { type Pen, Strokes } from './strokes'
import type { InkPadProps, Picked } from './types'

const picture = (canvas: HTMLCanvasElement): Promise<Picked> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (!blob) return reject(new Error('no picture'))
      resolve({ kind: 'image', path: keepFile(blob), bytes: blob.size, durationMs: null })
    }, 'image/png')
  })

const pointOf = (event: PointerEvent<HTMLCanvasElement>): { x: number; y: number } => {
  const rect = event.currentTarget.getBoundingClientRect()
  return { x: event.clientX - rect.left, y: event.clientY - rect.top }
}

export function InkPad({ label, onReady, onInk }: InkPadProps) {
  const strokes = useRef<Strokes | null>(null)
  const element = useRef<HTMLCanvasElement | null>(null)
  const heard = useRef(onReady)
  useEffect(() => {
    const canvas = element.current
    const pen = canvas?.getContext('2d')
    if (!canvas || !pen) return
    const { width, height } = canvas.getBoundingClientRect()
    const ratio = window.devicePixelRatio
    canvas.width = width * ratio
    canvas.height = height * ratio
    pen.scale(ratio, ratio)
    const made = new Strokes(pen as unknown as Pen, width, height)
    strokes.current = made
    heard.current({ clear: () => made.clear(), picture: () => picture(canvas) })
  }, [])
  return (
    <canvas
      id="ink"
      ref={element}
      className="ink"
      aria-label={label}
      style={{ touchAction: 'none' }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        strokes.current?.down(pointOf(event))
        onInk()
      }}
      onPointerMove={(event) => strokes.current?.move(pointOf(event))}
      onPointerUp={() => strokes.current?.up()}
    />
  )
}
