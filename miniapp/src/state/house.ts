import { addressOf } from '../api/client'
import { words } from '../words'
import { usePortal } from './portal'

interface House {
  name: string
  hotline: string | undefined
  /** #RRGGBB; undefined where the portal keeps its plain look. */
  colour: string | undefined
  /** An address; null where no logo is configured. */
  logo: string | null
}

/** Whose pages these are: a portal of one company wears its name, one of several its own. */
export function useHouse(): House {
  const portal = usePortal((state) => state.portal)
  const [first, second] = portal?.companies ?? []
  const only = second === undefined ? first : undefined
  return {
    name: only?.name ?? portal?.name ?? words.app,
    hotline: only?.hotline ?? portal?.hotline,
    colour: portal?.brandColour ?? only?.brandColour,
    logo: portal?.logo ? addressOf(portal.logo) : null,
  }
}
