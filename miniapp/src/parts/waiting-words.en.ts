export const en = {
  count: (count: number) =>
    count === 1
      ? '1 thing will be sent when the network is back'
      : `${count} things will be sent when the network is back`,
  told: (count: number) =>
    count === 1 ? '1 waiting thing has a result' : `${count} waiting things have a result`,
  title: 'Waiting to be sent',
  rule: 'Sent by itself when the network is back or when you next open this; each is done only once.',
  kept: (when: string) => `Noted ${when}, to be sent when the network is back`,
  done: (when: string) => `Sent ${when}, done`,
  refused: (why: string) => `Not done: ${why}`,
  now: 'Send now',
  cancel: 'Do not send',
  cancelTitle: (title: string) => `Do not send “${title}”?`,
  cancelText:
    'It will not be sent any more. If it got through just as the network was lost, it may already be done; please look on its page.',
  seen: 'OK',
}
