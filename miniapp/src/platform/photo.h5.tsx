import type { PhotoProps } from './types'

/** The browser's own element: Taro's puts a picture inside that nobody can give words to. */
export const Photo = ({ className, src, label, onClick, onError }: PhotoProps) => (
  <img
    className={`${className} photo-cover`}
    src={src}
    alt={label}
    {...(onClick ? { onClick, role: 'button' } : {})}
    {...(onError ? { onError } : {})}
  />
)
