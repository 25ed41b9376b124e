import { words } from '../words'

/** The buttons of a browser's picker; wallets have their own. */
export const pickerTexts = () => ({ okText: words.common.confirm, cancelText: words.common.cancel })
