/**
 * Words from which the passwords are made that are tried first: the top of the public lists of leaked passwords,
 * what Chinese offices use, and the words of this trade. A password counts as known when it is one of them, or one
 * of them with digits, signs and the usual substitutions around it (`Admin@123`, `Heating2026!`).
 */
const WORDS = new Set(
  `password passwd pass passw0rd admin administrator root toor guest user test testing tester demo default master
  welcome login letmein iloveyou monkey dragon sunshine princess football baseball basketball soccer hockey superman
  batman shadow trustno michael jordan charlie daniel jessica ashley thomas robert andrew joshua matthew anthony
  qwerty qwert qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qaz wsx edc rfv woaini aini woaiwojia
  wobuzhidao nihao nihaoma zhangsan lisi wangwu mima miyao changeme change secret hello hellokitty access flower
  whatever freedom starwars pokemon computer internet samsung google tencent alibaba taobao alipay wechat weixin
  huawei xiaomi baidu qq aa abc abcd abcde abcdef abcdefg abcdefgh abcdefghi aaa asd asdf zxc zxcv qwe qwer
  system sysadmin manager office server oracle mysql mariadb redis database backup support service operator
  heating heat gas power water electric electricity energy utility supply reli ranqi gongre gongnuan gongdian
  gongqi gongshui dianli guodian huanuan kaire pengran changsha songhai yihu yonghu guanli guanliyuan kefu
  winter spring summer autumn january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday china zhongguo beijing shanghai company group city`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** Numbers and runs that people take for random. */
const RUNS = [
  '0123456789',
  '9876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb',
]

const LOOKALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
  '7': 't',
}

/** Whether the lower-case text is a password that any attacker tries first. */
export function isKnownPassword(lowerCase: string): boolean {
  if (/^[\d\W_]*$/.test(lowerCase) && !/[^\x20-\x7e]/.test(lowerCase)) return true
  const core = trimmed(lowerCase)
  return [core, plain(core), trimmed(plain(lowerCase)), plain(lowerCase).replace(/[^\p{L}]/gu, '')].some(
    isMadeOf,
  )
}

const trimmed = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
const plain = (text: string): string => text.replace(/[@401!3$57]/g, (sign) => LOOKALIKES[sign] ?? sign)

/** One or two of the words, or a run along the alphabet or the keyboard, or the same few characters again. */
function isMadeOf(text: string): boolean {
  const letters = text.replace(/[^\p{L}\d]/gu, '')
  if (letters === '') return false
  if (WORDS.has(letters)) return true
  for (let cut = 2; cut < letters.length - 1; cut++)
    if (WORDS.has(letters.slice(0, cut)) && WORDS.has(letters.slice(cut))) return true
  if (RUNS.some((run) => letters.length >= 4 && run.includes(letters))) return true
  return /^(.{1,4})\1+$/u.test(letters)
}
