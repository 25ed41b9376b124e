import { useState } from 'react'
import { ApiError, isConflict } from '../../api/errors'
import { queryClient } from '../../api/query'
import { useErrorText } from '../../kit/error-text'
import { useWords } from '../../words/language'
import { requestWords } from './words'

/**
 * When a colleague was faster, the request is read anew in place and a sentence says so; what was typed stays where
 * it is. Every other failure is said as it is.
 */
export function useConflict(requestId: string): {
  readonly text: string | null
  readonly onError: (error: unknown) => void
  readonly reset: () => void
} {
  const words = useWords(requestWords)
  const textOf = useErrorText()
  const [text, setText] = useState<string | null>(null)
  return {
    text,
    reset: () => setText(null),
    onError: (error) => {
      setText(isConflict(error) ? `${textOf(error)} ${words.conflict}` : textOf(error))
      // Also a move that is no longer allowed means that the page is old.
      if (error instanceof ApiError && error.status === 409)
        void queryClient.invalidateQueries({ queryKey: ['desk.get', { requestId }] })
    },
  }
}
