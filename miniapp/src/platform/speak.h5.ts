import { inEnglish } from '../language/spoken'
import type { SpeakPlatform } from './types'

const voice = typeof speechSynthesis === 'undefined' ? null : speechSynthesis
/** Slower than usual: who listens may write along. */
const rate = 0.85

/** Whether a voice may speak our language. Browsers tell their voices late, so an empty list says nothing yet. */
function maySpeak(): boolean {
  const ours = inEnglish() ? /^en/i : /^(zh|cmn|yue)/i
  const voices = voice?.getVoices() ?? []
  return voices.length === 0 || voices.some(({ lang }) => ours.test(lang))
}

/** The browser's own voice, where it has one. */
export const speak: SpeakPlatform = {
  available: voice !== null && typeof SpeechSynthesisUtterance !== 'undefined',
  say: (text) =>
    new Promise((resolve) => {
      if (voice === null || !maySpeak()) return resolve(false)
      voice.cancel()
      const spoken = new SpeechSynthesisUtterance(text)
      spoken.lang = inEnglish() ? 'en-US' : 'zh-CN'
      spoken.rate = rate
      spoken.addEventListener('end', () => resolve(true))
      // Being stopped by the same button is no failure.
      spoken.addEventListener('error', ({ error }) =>
        resolve(error === 'canceled' || error === 'interrupted'),
      )
      voice.speak(spoken)
    }),
  stop: () => voice?.cancel(),
}
