/** Articles as a big company might have them: every one about something else, all in the words of one trade. */

const THINGS = [
  '暖气片',
  '地暖',
  '分水器',
  '入户阀门',
  '过滤器',
  '热力站',
  '立管',
  '温控器',
  '热量表',
  '排气阀',
  '燃气表',
  '灶具',
  '热水器',
  '壁挂炉',
  '软管',
  '报警器',
  '调压箱',
  '智能电表',
  '总开关',
  '电线',
  '表箱',
  '变压器',
  '充电桩',
  '电缆',
  '户号',
  '账单',
  '发票',
  '合同',
  '银行代扣',
  '短信提醒',
  '一户一码',
  '过户',
  '报停',
  '复热',
  '安检',
  '抄表',
  '阶梯价',
  '违约金',
  '退费',
  '测温',
]
const PROBLEMS = [
  '不热',
  '漏水',
  '异响',
  '打不开',
  '关不上',
  '没有显示',
  '读数不对',
  '费用偏高',
  '查不到',
  '已过期',
  '被拒绝',
  '重复收取',
  '迟迟不到',
  '冻裂',
  '堵塞',
  '生锈',
  '跳闸',
  '失灵',
  '填写错误',
  '需要更换',
]
const PLACES = [
  '老旧小区',
  '新建小区',
  '顶层住户',
  '底层住户',
  '边户',
  '商铺',
  '学校',
  '医院',
  '厂房',
  '农村',
  '高层',
  '别墅',
  '出租房',
  '公租房',
  '车库',
  '地下室',
  '办公楼',
  '写字楼',
  '饭店',
  '宾馆',
  '菜市场',
  '养老院',
  '幼儿园',
  '工地',
  '物业',
]
const WAYS = ['怎么办', '如何处理', '有什么规定', '要多长时间', '由谁负责']
const SENTENCES = [
  '先核对户号和地址，再看最近一次的记录。',
  '请关好门窗满一小时，在房间中央离地一米处测量。',
  '费用按面积计算，单价以政府公布的为准。',
  '师傅上门前会先打电话，请保持电话畅通。',
  '入户阀门的手柄和管子平行是开，垂直是关。',
  '拍清楚表号和全部数字，核对后多退少补。',
  '需要的材料有身份证明、房产证明和联系电话。',
  '超过答应的时间可以催办，当天会有回复。',
  '遇到漏水先关阀，再报修，一小时内到达。',
  '申请要在供暖期开始之前提交，过期不再办理。',
  '软管用满十八个月要更换，推荐金属波纹管。',
  '停气检修会提前四十八小时通知。',
  '缴清欠费以后二十四小时内恢复供电。',
  '电子收据随时能看，发票可以在客服对话里申请。',
  '物业和业主委员会要先同意施工方案。',
  '检修期间请拔掉电器插头，注意防火防盗。',
  '隐患要在期限内整改，严重的先停气。',
  '测温单由双方签字，是退费的依据。',
  '绑定户号要登记手机号的后四位或验证码。',
  '夜间抢修也有人值班，急事直接打电话。',
]

export interface MadeArticle {
  readonly title: string
  readonly questions: string
  readonly body: string
}

const pick = <T>(list: readonly T[], at: number): T => {
  const one = list[at % list.length]
  if (one === undefined) throw new Error('a list of nothing')
  return one
}

/** The same for the same number, and another for every other one up to 100,000. */
export function madeArticle(number: number): MadeArticle {
  const thing = pick(THINGS, number)
  const problem = pick(PROBLEMS, Math.floor(number / THINGS.length))
  const place = pick(PLACES, Math.floor(number / (THINGS.length * PROBLEMS.length)))
  const way = pick(WAYS, Math.floor(number / (THINGS.length * PROBLEMS.length * PLACES.length)))
  // A step that shares no factor with the number of sentences, so that bodies differ, too.
  const sentences = Array.from({ length: 8 }, (_, index) =>
    pick(SENTENCES, number * 7 + index * (3 + (number % 5))),
  )
  return {
    title: `${place}${thing}${problem}${way}`,
    questions: `${thing}${problem}\n${place}的${thing}${problem}找谁`,
    body: `关于${place}的${thing}${problem}：\n\n${sentences.join('')}${pick(THINGS, number + 11)}另见${pick(PROBLEMS, number + 3)}。`,
  }
}

/** What people type, of every kind that the search must bear, in turn. */
export const TYPED = [
  '暖气片不热',
  '地暖堵塞怎么办',
  '老旧小区立管漏水',
  '燃气表读数不对',
  '充电桩跳闸',
  '顶层住户热量表没有显示',
  '电费账单查不到',
  '报停已过期',
  'nuanqipian bure',
  'ranqibiao',
  'dianzi fapiao',
  'chongdianzhuang tiaozha',
  'loushui',
  'guohu',
  '暧气片不热',
  '帐单查不到',
  '燃汽表没显示',
  '发飘填写错误',
  '壁挂炉异想',
  '安捡被拒绝',
  '我家暖气片从昨天晚上开始就不热了，家里还有老人，能不能快点来看看',
  '滞纳金',
  '取暖费',
  '煤气',
  '停',
  '(a+)+$',
  '今天天气怎么样',
  '冻裂',
]
