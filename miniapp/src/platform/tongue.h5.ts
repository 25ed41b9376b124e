import type { TonguePlatform } from './types'

export const tongue: TonguePlatform = {
  // Wallets have a language of their own and name it: `MicroMessenger/8.0 … Language/zh_CN`.
  ofPhone: () => /\bLanguage\/([\w-]+)/.exec(window.navigator.userAgent)?.[1] ?? window.navigator.language,
  // Screen readers choose their voice by it.
  mark: (language) => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  },
  openAnew: () => window.location.reload(),
}
