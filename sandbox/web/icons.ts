/** One family of drawn icons: a 24 unit square, strokes of 1.8. */

const draw = (inner: string): string =>
  `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${inner}</svg>`

export const ICONS = {
  back: draw('<path d="M15 4l-8 8 8 8"/>'),
  close: draw('<path d="M5 5l14 14M19 5L5 19"/>'),
  more: draw(
    '<circle cx="5" cy="12" r="1.5" fill="currentColor"/><circle cx="12" cy="12" r="2.2" fill="currentColor"/><circle cx="19" cy="12" r="1.5" fill="currentColor"/>',
  ),
  target: draw(
    '<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="3" fill="currentColor" stroke="none"/>',
  ),
  bell: draw('<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5a2 2 0 0 0 4 0"/>'),
  scan: draw(
    '<path d="M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M3 12h18"/>',
  ),
  reload: draw('<path d="M20 11a8 8 0 1 0-2.3 6.3M20 4v7h-7"/>'),
  network: draw(
    '<path d="M2.5 9a14 14 0 0 1 19 0M5.8 12.6a9 9 0 0 1 12.4 0M9 16a4.6 4.6 0 0 1 6 0"/><circle cx="12" cy="19.3" r="1" fill="currentColor"/>',
  ),
  networkOff: draw(
    '<path d="M2.5 9a14 14 0 0 1 6-3.3M13 5.1A14 14 0 0 1 21.5 9M5.8 12.6a9 9 0 0 1 4.5-2.4M15.5 10.8a9 9 0 0 1 2.7 1.8M9 16a4.6 4.6 0 0 1 6 0M4 3l16 18"/>',
  ),
  person: draw('<circle cx="12" cy="8" r="4"/><path d="M4.5 20a7.5 7.5 0 0 1 15 0"/>'),
  swap: draw('<path d="M7 4L3.5 7.5 7 11M3.5 7.5H20M17 13l3.5 3.5L17 20M20.5 16.5H4"/>'),
  link: draw(
    '<path d="M10 14a4.5 4.5 0 0 0 6.6.4l3-3a4.5 4.5 0 0 0-6.4-6.4L11.6 6.5M14 10a4.5 4.5 0 0 0-6.6-.400l-3 3a4.5 4.5 0 0 0 6.4 6.4l1.6-1.5"/>',
  ),
  panel: draw(
    '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
  ),
  phone: draw('<rect x="6.5" y="2.5" width="11" height="19" rx="2.5"/><path d="M10.5 18.5h3"/>'),
  lines: draw('<path d="M5 7h14M5 12h14M5 17h14"/>'),
  keyboard: draw(
    '<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8"/>',
  ),
  account: draw(
    '<path d="M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5zM8.5 8.5h7M8.5 11.5h4"/>',
  ),
  tick: draw('<path d="M4.5 12.5l5 5 10-11"/>'),
  chevron: draw('<path d="M9 5l7 7-7 7"/>'),
  erase: draw('<path d="M8.5 5H20a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H8.5L2.5 12zM12 9.5l5 5M17 9.5l-5 5"/>'),
  sms: draw('<path d="M4 5h16v11H11l-4.5 3.5V16H4z"/>'),
  /** Two speech bubbles, in our own drawing. */
  wechat:
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path fill="currentColor" d="M9.3 3.5C5.2 3.5 2 6.2 2 9.6c0 1.9 1 3.5 2.7 4.6l-.700 2.1 2.5-1.2c.800.2 1.6.3 2.5.3-.900-4.2 3-7.5 7.3-7.3C15.5 5.4 12.7 3.5 9.3 3.5z"/><path fill="currentColor" d="M22 14.2c0-2.9-2.8-5.2-6.2-5.2s-6.2 2.3-6.2 5.2 2.8 5.2 6.2 5.2c.700 0 1.4-.100 2-.300l2 1-.500-1.7c1.7-1 2.7-2.5 2.7-4.2z" opacity=".85"/></svg>',
  alipay:
    '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M5 7h14M12 4v6M7.5 10.5h9c-.900 3.6-4 7.5-8.5 7.5-2.3 0-3.3-1.1-3.3-2.3 0-1.4 1.3-2.4 3.3-2.4 3.6 0 7 2.3 11.5 4.2"/></svg>',
} as const

export type IconName = keyof typeof ICONS
