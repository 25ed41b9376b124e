import type { TonguePlatform } from './types'

export const tongue: TonguePlatform = {
  ofPhone: () => window.navigator.language,
  // Screen readers choose their voice by it.
  mark: (language) => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  },
  openAnew: () => window.location.reload(),
}
