export const en = {
  title: 'Message settings',
  lead: 'What you switch off is not pushed any more; you can still read it under Messages.',
  always: 'Always on',
  email: {
    title: 'E-mail address',
    none: 'None yet; you do not need one',
    text: 'Used when WeChat or Alipay cannot reach you.',
    add: 'Add',
    change: 'Change',
    remove: 'Delete',
    removeTitle: 'Stop sending to this address?',
    removeText: 'From now on, notices come only in WeChat, Alipay and under Messages here.',
    removed: 'Deleted',
    label: 'E-mail',
    holder: 'For example: name@qq.com',
    wrong: 'Please enter a valid e-mail address',
    save: 'Save',
    saved: 'Saved',
  },
  allowed: {
    title: (wallet: string) => `Outage alerts in ${wallet}`,
    left: (count: number) =>
      count > 0 ? `${count} more ${count === 1 ? 'alert' : 'alerts'} can be sent` : 'No alerts left',
    more: 'One more',
    done: 'Good, added',
    refused: 'Not added. You can allow messages in the settings behind “…” at the top right.',
  },
}
