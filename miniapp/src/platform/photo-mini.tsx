import { Image } from '@tarojs/components'
import type { PhotoProps } from './types'

export const Photo = ({ className, src, label, onClick, onError }: PhotoProps) => (
  <Image
    className={className}
    src={src}
    mode="aspectFill"
    ariaLabel={label}
    {...(onClick ? { onClick } : {})}
    {...(onError ? { onError } : {})}
  />
)
