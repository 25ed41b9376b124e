export const en = {
  spoken: (names: string, sum: string, due: string | null) =>
    `To pay: ${names}, ${sum} in all${due === null ? '' : `, ${due}`}`,
  besides: (more: string) => `. ${more}`,
  read: 'Read it to me',
  readStop: 'Stop reading',
  readFailed: 'This phone cannot read aloud. You can call us instead.',
  yuan: (whole: number, tenths: number, hundredths: number) =>
    tenths === 0 && hundredths === 0 ? `${whole} yuan` : `${whole}.${tenths}${hundredths} yuan`,
}
