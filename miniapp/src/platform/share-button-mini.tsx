import { Button } from '@tarojs/components'
import type { ShareButtonProps } from './types'

/** The wallets' own button opens their list of friends; what is sent is what the page says in useShareAppMessage. */
export const ShareButton = ({ className, children }: ShareButtonProps) => (
  <Button className={`bare ${className ?? ''}`} openType="share" id="share">
    {children}
  </Button>
)
