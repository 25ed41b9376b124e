import type { ReactElement } from 'react'
import type { MomentProps } from './types'

/** Taro picks moment.weapp, moment.alipay or moment.h5 at build time; this says what each of them gives. */
export declare function Moment(props: MomentProps): ReactElement
