import { ApiError } from '../api/errors'
import { useLanguage, useWords } from '../words/language'
import { englishErrors, kitWords } from './words'

/** The sentence to show for whatever was thrown; never an exception's own words. */
export function useErrorText(): (error: unknown) => string {
  const language = useLanguage()
  const words = useWords(kitWords)
  return (error) => {
    if (!(error instanceof ApiError)) return words.garbled
    if (error.code === 'offline') return words.offline
    if (error.code === 'timeout') return words.timeout
    const field = error.fields[0]?.message
    const known = language === 'en' ? englishErrors[error.code] : undefined
    const sentence = known ?? (error.message === '' ? words.garbled : error.message)
    const wait = error.retryAfterSeconds === undefined ? '' : ` ${words.retryIn(error.retryAfterSeconds)}`
    const said = field === undefined || language === 'en' || sentence.includes(field)
    return `${sentence}${said ? '' : ` ${field}`}${wait}`
  }
}
