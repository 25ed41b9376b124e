import type { ReactElement } from 'react'
import type { ContactButtonProps } from './types'

/** Taro picks contact-button.weapp, .alipay or .h5 at build time; only WeChat has such a window (wechat.md 8). */
export declare function ContactButton(props: ContactButtonProps): ReactElement | null
