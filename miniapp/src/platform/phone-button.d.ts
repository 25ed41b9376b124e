import type { ReactElement } from 'react'
import type { PhoneButtonProps } from './types'

/** Taro picks phone-button.weapp, .alipay or .h5 at build time; this says what each of them gives. */
export declare function PhoneButton(props: PhoneButtonProps): ReactElement
