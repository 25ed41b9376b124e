/**
 * How personal data looks to people who may know that it exists but not what it is. Rules C18 to C22 of
 * security.md. Masking happens on the server only, so what a client never gets it cannot leak.
 */

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })
const charactersOf = (text: string): string[] => [...graphemes.segment(text)].map((part) => part.segment)
const stars = (count: number): string => '*'.repeat(Math.max(0, count))

/**
 * A person's or company's name (C18): `张三` → `*三`, `王小四` → `王*四`, `李` → `*`. Blanks are dropped first, because
 * forms pad two-character names to three and a rule for three characters would then show the whole name.
 */
export function maskName(name: string): string {
  const characters = charactersOf(name.replace(/\s+/gu, ''))
  const letters = characters.filter((character) => /[\p{L}\p{N}]/u.test(character)).length
  const last = characters.at(-1) ?? ''
  if (characters.length <= 1) return stars(characters.length)
  if (letters <= 2) return stars(characters.length - 1) + last
  return (characters[0] ?? '') + stars(characters.length - 2) + last
}

/** A phone number on residents' screens (C19): three digits in front, two at the end. */
export function maskPhone(phone: string): string {
  return maskDigitsOfPhone(phone, 2)
}

/** A phone number on staff screens (C19): three digits in front, four at the end. */
export function maskPhoneForStaff(phone: string): string {
  return maskDigitsOfPhone(phone, 4)
}

function maskDigitsOfPhone(phone: string, tail: number): string {
  const { country, national } = splitCountry(phone)
  const shown = country === '' ? '' : `${country} `
  // Numbers of fewer than ten digits show two and two, whoever looks; service numbers (95598) one and one.
  if (national.length >= 10) return shown + keepEnds(national, 3, tail)
  if (national.length >= 7) return shown + keepEnds(national, 2, 2)
  if (national.length >= 5) return shown + keepEnds(national, 1, 1)
  return shown + stars(national.length)
}

/** Splits `+86 138…`, `0086138…`, `86-138…` and `+852 9123…`. Blanks, dashes and brackets are only decoration. */
function splitCountry(phone: string): { country: string; national: string } {
  const text = phone.normalize('NFKC').trim()
  const digits = text.replace(/\D/g, '')
  const chinese = /^(?:00)?86(1[3-9]\d{9})$/.exec(digits)
  if (chinese?.[1]) return { country: '+86', national: chinese[1] }
  const foreign = /^(?:\+|00)(\d{1,3})[\s-]+(.+)$/.exec(text)
  if (foreign?.[1] && foreign[2])
    return { country: `+${foreign[1]}`, national: foreign[2].replace(/\D/g, '') }
  return { country: '', national: digits }
}

/** An identity document's number (C20): the first and the last character only. */
export function maskIdNumber(idNumber: string): string {
  const characters = charactersOf(idNumber.replace(/\s+/gu, ''))
  if (characters.length <= 2) return stars(characters.length)
  return (characters[0] ?? '') + stars(characters.length - 2) + (characters.at(-1) ?? '')
}

/**
 * A utility's account number (C22): the first four, four stars, the last four. At least four characters stay
 * hidden, so a number of ten digits shows three and three, one of eight two and two, one of five none.
 */
export function maskAccountNo(accountNo: string): string {
  const text = accountNo.replace(/\s+/gu, '')
  const shown = Math.min(8, Math.max(0, text.length - 4))
  if (shown < 2) return '****'
  const head = Math.floor(shown / 2)
  return `${text.slice(0, head)}****${text.slice(text.length - (shown - head))}`
}

const NUMBER = '[0-9A-Za-z一二三四五六七八九十百零〇甲乙丙丁东西南北#-]+'
const ADDRESS = new RegExp(
  `^(?<community>.*?\\p{Script=Han}.*?)(?<building>${NUMBER}(?<buildingWord>号楼|栋|幢|座|#楼|号院|楼))` +
    `(?:${NUMBER}(?<unitWord>单元|门))?(?:(?<room>${NUMBER})(?<roomWord>室|号|户|房)?)?$`,
  'u',
)

/**
 * An address (C21): the community stays readable, building, unit and room do not (`阳光小区*号楼*单元***`). What does
 * not read as such an address is hidden whole.
 */
export function maskAddress(address: string): string {
  const text = address.normalize('NFKC').replace(/\s+/gu, '')
  // The pattern looks again from every place, so a text too long for an address is not even tried.
  const parts = text.length <= 100 ? ADDRESS.exec(text)?.groups : undefined
  if (!parts) return text === '' ? '' : '******'
  const unit = parts['unitWord'] === undefined ? '' : `*${parts['unitWord']}`
  const room = parts['room'] === undefined ? '' : `***${parts['roomWord'] ?? ''}`
  return `${parts['community']}*${parts['buildingWord']}${unit}${room}`
}

function keepEnds(text: string, head: number, tail: number): string {
  return text.slice(0, head) + stars(text.length - head - tail) + text.slice(text.length - tail)
}
