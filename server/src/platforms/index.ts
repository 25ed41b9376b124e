export { platformsConfigSchema } from './config'
export type { ContentCheck, MediaVerdict, Verdict } from './content-check'
export { createPlatforms } from './create'
export { fieldFault } from './field-rules'
export type { FileStorage } from './file-storage'
export type {
  InvoiceBuyer,
  InvoiceIssuer,
  InvoiceLine,
  InvoiceSeller,
  TaxAnswer,
} from './invoice-issuer'
export type { LoginChannel, PhoneChannel, PlatformIdentity, WebLoginChannel } from './login-channel'
export type {
  ChatChannel,
  ChatContent,
  ChatMedia,
  ChatTarget,
  MailChannel,
  MessageChannel,
  OutgoingChat,
  OutgoingMail,
  OutgoingMessage,
  SendOutcome,
} from './message-channel'
export {
  PUSH_ACK,
  type PushAnswer,
  type PushedMessage,
} from './message-push'
export type { MenuAction, MenuGroup } from './official-account'
export type * from './payment-channel'
export type { Platforms } from './platforms'
export { SMS_REPORT_ACK, type SmsChannel } from './sms/sms-channel'
export type { UtilityAnswer, UtilityReading, UtilityReceipt, UtilitySystem } from './utility-system'
