import type { ReactElement } from 'react'
import type { InkPadProps } from './types'

/** Taro picks ink.weapp, ink.alipay or ink.h5 at build time; this says what each of them gives. */
export declare function InkPad(props: InkPadProps): ReactElement
