import Taro from '@tarojs/taro'
import { type Language, language } from '../language/spoken'
import { words } from '../words'

/** The app's configuration names them in Chinese. */
let namedIn: Language = 'zh'

/** Gives the tabs their names in the language of the moment; wallets take them only while a tab's page is shown. */
export function nameTabs(): void {
  if (namedIn === language()) return
  namedIn = language()
  const { home, bills, me } = words.tabs
  for (const [index, text] of [home, bills, me].entries()) void Taro.setTabBarItem({ index, text })
}
