import { useState } from 'react'
import { ApiError, isConflict } from '../../../api/errors'
import { refresh } from '../../../api/query'
import { useErrorText } from '../../../kit/error-text'
import { useSay } from '../../../kit/use-done'
import { useWords } from '../../../words/language'
import { noticePageWords } from './words'

/**
 * What every act on a notice does afterwards: says that it is done, or keeps the dialog with what was filled in, and
 * reads the notice anew when a colleague was faster.
 */
export function useDoing(name: string, onClose: () => void) {
  const words = useWords(noticePageWords)
  const { done } = useSay()
  const textOf = useErrorText()
  const [text, setText] = useState<string | null>(null)
  return {
    text,
    after: {
      onSuccess: (): void => {
        done(words.done(name))
        onClose()
      },
      onError: (error: unknown): void => {
        setText(isConflict(error) ? words.conflict : textOf(error))
        if (error instanceof ApiError && error.status === 409)
          refresh(['notices.deskGet', 'notices.deskList'])
      },
    },
  }
}
