import { spoken } from '../language/spoken'
import { en } from './words.en'

const zh = {
  title: '我家的码',
  owner: (name: string) => `户主 ${name}`,
  account: (number: string) => `户号 ${number}`,
  owed: '应缴金额',
  clear: '无欠费',
  unknown: '暂时取不到金额',
  pay: (amount: string) => `缴费 ${amount}`,
  choose: '挑着缴',
  most: (count: number) => `一次最多缴 ${count} 笔，先缴最早的。`,
  otherWallet: (here: string, there: string) => `这家公司还不能用${here}缴费，请用${there}扫这个码。`,
  noWallet: '这家公司还不能在网上缴费，请拨打客服电话或到营业厅。',
  byAlipay: '用支付宝付款，不用登录',
  bills: '欠费账单',
  dueOn: (day: string) => `${day}截止`,
  read: '自助报数',
  readNote: '拍一张表，报这个月的读数',
  report: '报修',
  reportNote: '就报在这个地址，师傅找得到',
  bind: '绑定我家',
  bindNote: '核对户主手机号后，看账单明细和用量',
  notices: '停供通知',
  noNotices: '目前没有停供通知',
  hotline: (number: string) => `打电话问 ${number}`,
  privacy: '扫码看不到完整的姓名、地址和用量。谁来缴都可以；住户只会知道已缴，不会知道是谁缴的。',
  none: '没有扫到码',
  noneText: '请对准表箱、账单或贴纸上的码再扫一次。',
  scan: '扫一扫',
  unknownTitle: '没有认出这个码',
  revokedTitle: '这个码已停用',
  agreeTitle: '继续之前，先看一眼',
  agreeText: '为了收款和回复您，我们会用到微信或支付宝给的编号；报修时会用到您填的电话。不会用到别的。',
  agreeBrowser: '为了收款和回复您，我们会记下这次操作；报修时会用到您填的电话。不会用到别的。',
  agreeWhole: '看完整的个人信息保护说明',
  agree: '同意并继续',
  refuse: '不同意',
} as const

/** What the page of a household's code says (zh-CN); in a file of its own so that it travels with its subpackage. */
export const said = spoken(zh, en)
