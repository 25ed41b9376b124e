import { expectThat } from '../report'
import type { Phone } from './phone'

const HOME = 'pages/home/index'

/** What field.md 4.1 asks of the elder version beside sizes: little on its home, and a person one tap away everywhere. */
export async function elderFaults(phone: Phone, page: string): Promise<string[]> {
  if (page !== HOME)
    return (await phone.el('call-person').isVisible()) ? [] : ['nobody can be called with one tap']
  const tiles = await phone.frame.locator('.big-tile:visible').allInnerTexts()
  return [
    ...(tiles.length >= 4 && tiles.length <= 6 ? [] : [`${tiles.length} things to do: ${tiles.join('、')}`]),
    ...(tiles.some((tile) => tile.trim() === '打电话') ? [] : ['nobody can be called with one tap']),
  ]
}

/** The sum is read aloud by a voice of the browser's, here one that only says when it is asked to. */
export async function hearOwed(phone: Phone): Promise<void> {
  const body = phone.frame.locator('body')
  await body.evaluate(() => {
    Object.defineProperty(speechSynthesis, 'speak', {
      value: (spoken: SpeechSynthesisUtterance) => {
        document.body.dataset['spoken'] = spoken.text
        Object.assign(globalThis, { spoken })
      },
    })
  })
  await phone.tap('read-out')
  await phone.el('read-out').filter({ hasText: '别读了' }).waitFor()
  const heard = await body.getAttribute('data-spoken')
  const shown = await phone.el('owed-total').innerText()
  const [, yuan = '?', tenths = '0', hundredths = '0'] = /([\d,]+)(?:\.(\d)(\d))?/.exec(shown) ?? []
  const sum = `${yuan.replaceAll(',', '')}元${tenths === '0' && hundredths === '0' ? '整' : `${tenths}角`}`
  expectThat(heard?.includes(sum) === true, `${shown} is read aloud as ${heard}`)
  const card = await phone.frame
    .locator('.card:visible', { has: phone.frame.locator('#owed-total') })
    .innerText()
  const [until = ''] = /\d+月\d+日前/.exec(card) ?? []
  expectThat(heard?.includes(until) === true, `it is due ${until} and read aloud as ${heard}`)
  await body.evaluate(() => {
    const { spoken } = globalThis as unknown as { spoken: SpeechSynthesisUtterance }
    spoken.dispatchEvent(new Event('end'))
  })
  await phone.el('read-out').filter({ hasText: '读给我听' }).waitFor()
}
