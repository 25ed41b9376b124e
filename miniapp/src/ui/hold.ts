import { login } from '../platform/login'

/** A finger that stays: Alipay calls it another name than everybody else, and Taro does not translate it. */
export const held = (act: () => void): { onLongPress?: () => void; onLongTap?: () => void } =>
  login.environment === 'alipay-mini' ? { onLongTap: act } : { onLongPress: act }
