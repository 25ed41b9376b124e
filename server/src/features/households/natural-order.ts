const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/** Chinese numerals below a hundred that number a door: 十二单元, 二十一栋. */
function asFigures(numeral: string): string {
  const [tens, ones] = numeral.includes('十') ? numeral.split('十') : ['0', numeral]
  const ten = tens === '' ? 1 : (DIGITS[tens ?? ''] ?? 0)
  return String(ten * 10 + (DIGITS[ones ?? ''] ?? 0))
}

const NUMERAL =
  /[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九](?=单元|号|栋|幢|座|期|区|门|层|楼|室)/g
const collator = new Intl.Collator('zh-Hans-CN', { numeric: true })

/** As people walk: 2号楼 before 10号楼, 二单元 before 三单元, 401 before 1201. */
export function byDoor(a: string, b: string): number {
  return collator.compare(a.replace(NUMERAL, asFigures), b.replace(NUMERAL, asFigures))
}
