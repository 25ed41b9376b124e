import { createContext, useContext } from 'react'
import type { Me, ReadName, WriteName } from '../api/types'

export const MeContext = createContext<Me | null>(null)

/** Who is signed in. Pages stand behind the sign-in, so there is always somebody. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (me === null) throw new Error('A page that needs a person stands outside the sign-in.')
  return me
}

/** Whether this person may call an operation: what they may not is not shown. */
export function useMay(): (operation: ReadName | WriteName) => boolean {
  const { may } = useMe()
  return (operation) => may.includes(operation)
}
