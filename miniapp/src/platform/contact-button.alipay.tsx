import type { ContactButtonProps } from './types'

/** There is no such window here. */
export const ContactButton = (_: ContactButtonProps) => null
