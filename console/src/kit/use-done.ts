import { App } from 'antd'
import { useErrorText } from './error-text'

/** Says in a corner that something was done, or why not. */
export function useSay(): { done: (words: string) => void; failed: (error: unknown) => void } {
  const { message } = App.useApp()
  const textOf = useErrorText()
  return {
    done: (words) => void message.success(words),
    failed: (error) => void message.error({ content: textOf(error), duration: 6 }),
  }
}
