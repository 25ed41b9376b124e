import { spoken } from '../../language/spoken'
import { en } from './words.en'

const zh = {
  spoken: (names: string, sum: string, due: string | null) =>
    `要交${names}，一共${sum}${due === null ? '' : `，${due}`}`,
  yuan: (whole: number, tenths: number, hundredths: number) => {
    if (tenths === 0 && hundredths === 0) return `${whole}元整`
    return hundredths === 0 ? `${whole}元${tenths}角` : `${whole}元${tenths}角${hundredths}分`
  },
  besides: (more: string) => `。${more}`,
  read: '读给我听',
  readStop: '别读了',
  readFailed: '这部手机读不出来，可以打电话问客服。',
}

/** What the home in elder mode says aloud (zh-CN). */
export const said = spoken(zh, en)
