/** What the home in elder mode says aloud (zh-CN). */
export const said = {
  spoken: (names: string, sum: string, due: string | null) =>
    `要交${names}，一共${sum}${due === null ? '' : `，${due}`}`,
  read: '读给我听',
  readStop: '别读了',
  readFailed: '这部手机读不出来，可以打电话问客服。',
}
