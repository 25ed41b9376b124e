import { Canvas } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useEffect, useRef } from 'react'
import { type Pen, Strokes } from './strokes'
import type { Ink, InkPadProps, Picked } from './types'

interface CanvasNode {
  width: number
  height: number
  getContext(kind: '2d'): Pen & { scale(x: number, y: number): void }
}

const sizeOf = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    Taro.getFileSystemManager().getFileInfo({
      filePath: path,
      success: (answer) => resolve((answer as unknown as { size: number }).size),
      fail: (error) => reject(new Error(error.errMsg)),
    })
  })

async function picture(canvas: CanvasNode): Promise<Picked> {
  const { tempFilePath } = await Taro.canvasToTempFilePath({ canvas: canvas as never, fileType: 'png' })
  return { kind: 'image', path: tempFilePath, bytes: await sizeOf(tempFilePath), durationMs: null }
}

const lookEveryMs = 60
const mostLooks = 30

/** The canvas behind the element, as large as it is shown and as fine as the glass is. A panel draws it a little late. */
function findCanvas(found: (strokes: Strokes, ink: Ink) => void, looks = 0): void {
  const query = Taro.createSelectorQuery()
  query.select('#ink').node()
  query.select('#ink').boundingClientRect()
  query.exec(
    ([element, rect]: [({ node?: CanvasNode } | null)?, ({ width: number; height: number } | null)?]) => {
      const canvas = element?.node
      if (!canvas || !rect || rect.width === 0) {
        if (looks < mostLooks) setTimeout(() => findCanvas(found, looks + 1), lookEveryMs)
        return
      }
      const { pixelRatio } = Taro.getSystemInfoSync()
      canvas.width = rect.width * pixelRatio
      canvas.height = rect.height * pixelRatio
      const pen = canvas.getContext('2d')
      pen.scale(pixelRatio, pixelRatio)
      const strokes = new Strokes(pen, rect.width, rect.height)
      found(strokes, { clear: () => strokes.clear(), picture: () => picture(canvas) })
    },
  )
}

interface Touched {
  touches?: readonly { x?: number; y?: number }[]
}
const pointOf = (event: unknown): { x: number; y: number } | null => {
  const touch = (event as Touched).touches?.[0]
  return touch?.x === undefined || touch.y === undefined ? null : { x: touch.x, y: touch.y }
}

export function MiniInkPad({ onReady, onInk }: InkPadProps) {
  const strokes = useRef<Strokes | null>(null)
  const heard = useRef(onReady)
  useEffect(() => {
    let here = true
    findCanvas((found, ink) => {
      if (!here) return
      strokes.current = found
      heard.current(ink)
    })
    return () => {
      here = false
    }
  }, [])
  return (
    <Canvas
      id="ink"
      canvasId="ink"
      type="2d"
      className="ink"
      disableScroll
      onTouchStart={(event) => {
        const point = pointOf(event)
        if (point) strokes.current?.down(point)
        onInk()
      }}
      onTouchMove={(event) => {
        const point = pointOf(event)
        if (point) strokes.current?.move(point)
      }}
      onTouchEnd={() => strokes.current?.up()}
    />
  )
}
