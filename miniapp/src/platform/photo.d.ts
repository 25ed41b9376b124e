import type { ReactElement } from 'react'
import type { PhotoProps } from './types'

/** Taro picks photo.weapp, photo.alipay or photo.h5 at build time; this says what each of them gives. */
export declare function Photo(props: PhotoProps): ReactElement
