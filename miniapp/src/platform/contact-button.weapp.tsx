import { Button } from '@tarojs/components'
import type { ContactButtonProps } from './types'

/** WeChat's own customer-service window of this mini-program: answers are read there after the program is closed, too. */
export const ContactButton = ({ className, children, companyId }: ContactButtonProps) => (
  <Button
    className={`bare ${className ?? ''}`}
    openType="contact"
    sessionFrom={`company=${companyId}`}
    id="wechat-window"
  >
    {children}
  </Button>
)
