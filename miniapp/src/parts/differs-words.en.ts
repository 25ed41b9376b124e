export const en = {
  title: (fen: number) =>
    fen > 0 ? 'Why it is more' : fen < 0 ? 'Why it is less' : 'Compared with other bills',
  with: { previous: 'With the one before', lastYear: 'With last year' },
  sum: (which: string, amount: string) => `${which} was ${amount}, this one `,
  same: 'The same as that one',
}
