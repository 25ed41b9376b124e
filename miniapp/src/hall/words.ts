import { spoken } from '../language/spoken'
import { en } from './words.en'

const zh = {
  title: '扫码登录电脑',
  question: '在电脑上登录 一户？',
  browser: '电脑和浏览器',
  network: '网络地址',
  same: '和这部手机在同一个网络',
  other: (network: string) => `${network}（和这部手机不在同一个网络）`,
  when: '扫码申请时间',
  digits: '电脑上的数字',
  digitsHolder: '两位数',
  digitsWrong: '请看电脑屏幕，填那里显示的两位数',
  warn: '不是您自己在电脑前？有人发来的码请点“不是我”：确认以后，那台电脑就能看到您的账单。',
  confirm: '确认登录',
  refuse: '不是我，拒绝',
  confirmedTitle: '电脑已登录',
  confirmedText: '请接着看电脑。要退出，可在电脑上点“退出登录”，或在“我的 · 登录的设备”里让它退出。',
  refusedTitle: '已拒绝',
  refusedText: '那台电脑没有登录。没有人能凭这个码看到您的账单。',
  home: '回首页',
  noTokenTitle: '请扫电脑上的码',
  noTokenText: '在电脑上打开网上营业厅，用微信或支付宝的“扫一扫”对准屏幕上的码。',
  walletTitle: '请用微信或支付宝扫一扫',
  walletText: '这个码要用微信或支付宝的“扫一扫”打开。在浏览器里打开不能确认登录，也不能缴费。',
} as const

/** What stands on the telephone that scanned a code on a PC's screen. */
export const said = spoken(zh, en)
