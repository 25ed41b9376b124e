import type { ReactElement } from 'react'
import type { DayProps } from './types'

/** Taro picks day.weapp, day.alipay or day.h5 at build time; this says what each of them gives. */
export declare function Day(props: DayProps): ReactElement
