import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react'
import { useMe } from '../me-context'
import { browserDoor } from './browser-door'
import { DeskLine } from './desk-line'
import type { FrameOut } from './frames'
import type { LineState } from './line'

const LineContext = createContext<DeskLine | null>(null)

/** One line for the whole console, for people who talk with residents. */
export function LineProvider({ children }: { readonly children: ReactNode }) {
  const { id, may } = useMe()
  const talks = may.includes('chatDesk.list')
  const deskLine = useMemo(() => (talks ? new DeskLine(id, browserDoor) : null), [id, talks])
  useEffect(() => {
    if (deskLine === null) return undefined
    deskLine.start()
    const hurry = (): void => deskLine.line.hurry()
    addEventListener('online', hurry)
    return () => {
      removeEventListener('online', hurry)
      deskLine.line.stop()
    }
  }, [deskLine])
  return <LineContext.Provider value={deskLine}>{children}</LineContext.Provider>
}

const never = (): (() => void) => () => undefined

/** The line, or null for people without one. */
export const useMaybeLine = (): DeskLine | null => useContext(LineContext)

/** The line of a page that only people with one may open; it is drawn anew with each change. */
export function useLine(): DeskLine {
  const line = useMaybeLine()
  if (line === null) throw new Error('A page that needs the line stands before people who have none.')
  useSyncExternalStore(line.look, () => line.version)
  return line
}

export function useLineState(): LineState | null {
  const line = useMaybeLine()
  return useSyncExternalStore(line?.look ?? never, () => line?.line.state ?? null)
}

/** Hears every frame as long as the part is there. */
export function useFrames(hear: (frame: FrameOut) => void): void {
  const line = useMaybeLine()
  const latest = useRef(hear)
  useEffect(() => {
    latest.current = hear
  })
  useEffect(() => line?.hear((frame) => latest.current(frame)), [line])
}
