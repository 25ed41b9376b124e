export { platformsConfigSchema } from './config'
export type {
  CheckUnavailable,
  ContentCheck,
  MediaVerdict,
  MessagePush,
  PushedMessage,
  Verdict,
} from './content-check'
export { createPlatforms } from './create'
export type { FileStorage, StoredObjectFacts } from './file-storage'
export type { LoginChannel, PhoneChannel, PlatformIdentity, WebLoginChannel } from './login-channel'
export type { MessageChannel, OutgoingMessage, SendOutcome } from './message-channel'
export type * from './payment-channel'
export type { Platforms } from './platforms'
export type { UtilityReceipt, UtilitySystem } from './utility-system'
