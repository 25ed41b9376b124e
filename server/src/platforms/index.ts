export { platformsConfigSchema } from './config'
export type { ContentCheck, MediaVerdict, Verdict } from './content-check'
export { createPlatforms } from './create'
export { fieldFault } from './field-rules'
export type { FileStorage } from './file-storage'
export type { LoginChannel, PhoneChannel, PlatformIdentity, WebLoginChannel } from './login-channel'
export type {
  ChatChannel,
  ChatContent,
  MailChannel,
  MessageChannel,
  OutgoingChat,
  OutgoingMail,
  OutgoingMessage,
  SendAdvice,
  SendOutcome,
} from './message-channel'
export {
  type MessagePush,
  PUSH_ACK,
  type PushAnswer,
  type PushedContent,
  type PushedMessage,
  type SubscriptionChoice,
  type SubscriptionResult,
} from './message-push'
export type { MenuAction, MenuGroup, OfficialAccount, PageSignature } from './official-account'
export type * from './payment-channel'
export type { Platforms } from './platforms'
export type { SmsReport } from './sms/reports'
export { SMS_REPORT_ACK, type SmsChannel } from './sms/sms-channel'
export type { UtilityReceipt, UtilitySystem } from './utility-system'
