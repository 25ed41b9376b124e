import { type RefObject, useEffect, useRef, useState } from 'react'
import { fitted, moved, placeUnder, type Point, type Size, type View, zoomed } from './plane'

interface MapView {
  readonly size: Size
  readonly view: View
  readonly fit: () => void
  readonly zoom: (factor: number) => void
  readonly goTo: (at: Point, factor?: number) => void
  readonly handlers: {
    readonly onPointerDown: (event: React.PointerEvent) => void
    readonly onPointerMove: (event: React.PointerEvent) => void
    readonly onPointerUp: () => void
    readonly onKeyDown: (event: React.KeyboardEvent) => void
  }
}

/** Pan by dragging or arrows, zoom by wheel, keys or buttons. It begins with everything in sight. */
export function useView(box: RefObject<HTMLDivElement>, points: readonly Point[], name: string): MapView {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  const [view, setView] = useState<View>(() => fitted([], { width: 0, height: 0 }))
  const fittedFor = useRef('')
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  useEffect(() => {
    // Once for each company: news must not move the map under somebody's hand.
    if (size.width === 0 || points.length === 0 || fittedFor.current === name) return
    fittedFor.current = name
    setView(fitted(points, size))
  }, [points, size, name])
  useWheel(box, size, setView)
  const drag = useRef<{ x: number; y: number } | null>(null)
  const shift = (x: number, y: number): void => setView((before) => moved(before, x, y))
  return {
    size,
    view,
    fit: () => setView(fitted(points, size)),
    zoom: (factor) => setView((before) => zoomed(before, factor, before.middle)),
    goTo: (at, factor = 1) => setView((before) => ({ ...zoomed(before, factor, at), middle: at })),
    handlers: {
      onPointerDown: (event) => {
        // A mark takes its own click.
        if (event.target instanceof Element && event.target.closest('[data-mark]')) return
        drag.current = { x: event.clientX, y: event.clientY }
        event.currentTarget.setPointerCapture(event.pointerId)
      },
      onPointerMove: (event) => {
        if (drag.current === null) return
        shift(event.clientX - drag.current.x, event.clientY - drag.current.y)
        drag.current = { x: event.clientX, y: event.clientY }
      },
      onPointerUp: () => {
        drag.current = null
      },
      onKeyDown: (event) => {
        const step = steps[event.key]
        if (step) shift(step[0], step[1])
        else if (event.key === '+' || event.key === '=')
          setView((before) => zoomed(before, 1.5, before.middle))
        else if (event.key === '-') setView((before) => zoomed(before, 1 / 1.5, before.middle))
        else return
        event.preventDefault()
      },
    },
  }
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [80, 0],
  ArrowRight: [-80, 0],
  ArrowUp: [0, 80],
  ArrowDown: [0, -80],
}

/** React listens to the wheel passively, and then the page would scroll along. */
function useWheel(
  box: RefObject<HTMLDivElement>,
  size: Size,
  setView: (change: (before: View) => View) => void,
): void {
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const bounds = element.getBoundingClientRect()
      setView((before) => {
        const at = placeUnder(before, size, event.clientX - bounds.left, event.clientY - bounds.top)
        return zoomed(before, event.deltaY < 0 ? 1.25 : 0.8, at)
      })
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [box, size, setView])
}
