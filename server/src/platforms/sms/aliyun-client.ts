/** The SDK in a file of its own, so that it is loaded when the first message is sent and not before. */
export { default as SmsClient, SendSmsRequest } from '@alicloud/dysmsapi20170525'
export { $OpenApiUtil } from '@alicloud/openapi-core'
