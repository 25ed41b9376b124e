import type { ReactElement } from 'react'
import type { ShareButtonProps } from './types'

/** Taro picks share-button.weapp, .alipay or .h5 at build time; this says what each of them gives. */
export declare function ShareButton(props: ShareButtonProps): ReactElement
