/**
 * Every error a client can meet, once: HTTP status, the sentence a resident reads, and whether someone on duty
 * should see it. The sentence says what happened and what to do next.
 */
const catalogue = {
  invalid_input: { status: 422, message: '填写的内容有误，请检查标出的地方。', report: false },
  not_json: { status: 415, message: '请求格式不对，请更新到最新版本后再试。', report: false },
  malformed_body: { status: 400, message: '请求内容不完整，请再试一次。', report: false },
  body_too_large: { status: 413, message: '提交的内容太大了，请精简后再试。', report: false },
  headers_too_large: { status: 431, message: '请求头太大，请再试一次。', report: false },
  request_timeout: { status: 408, message: '网络太慢，没有收完您的请求，请再试一次。', report: false },
  not_found: { status: 404, message: '没有找到您要看的内容，请返回上一页刷新。', report: false },
  method_not_allowed: { status: 405, message: '请求方式不对，请更新到最新版本后再试。', report: false },
  unauthenticated: { status: 401, message: '登录已过期，请重新登录。', report: false },
  forbidden: { status: 403, message: '您的岗位不能做这个操作，请联系管理员。', report: false },
  rate_limited: { status: 429, message: '操作太频繁了，请稍等一会儿再试。', report: false },
  idempotency_conflict: { status: 409, message: '这次提交和上一次内容不同，请返回重新操作。', report: false },
  internal: { status: 500, message: '系统出了点问题，请稍后再试；着急请拨打客服电话。', report: true },
  busy: { status: 503, message: '现在使用的人太多，请稍后再试。', report: true },
  database_unavailable: { status: 503, message: '系统暂时不可用，请稍后再试；您的钱不会丢。', report: true },
  platform_unavailable: { status: 502, message: '微信或支付宝暂时没有回应，请稍后再试。', report: true },

  login_code_invalid: { status: 401, message: '登录没有成功，请再点一次。', report: false },
  snapshot_user: { status: 403, message: '当前是预览模式，请点右下角“使用完整服务”后再试。', report: false },
  oauth_state_invalid: { status: 400, message: '登录已失效，请返回重新登录。', report: false },
  ticket_invalid: { status: 401, message: '登录已失效，请返回重新登录。', report: false },
  scan_unknown: {
    status: 404,
    message: '没有认出这个登录码，电脑上可能已经换了新的，请重新扫电脑上的码。',
    report: false,
  },
  scan_expired: { status: 410, message: '登录码已过期，请在电脑上换一个再扫。', report: false },
  scan_taken: {
    status: 409,
    message: '另一部手机已经扫了这个码；要在这里登录，请在电脑上换一个码。',
    report: false,
  },
  scan_over: { status: 409, message: '这个登录码已经用过了；要再登录，请在电脑上换一个码。', report: false },
  scan_number_wrong: { status: 422, message: '数字不对，请看电脑屏幕上的两位数再填。', report: false },
  scan_refused: {
    status: 409,
    message: '数字错了太多次，这个登录码已作废。确实是您在登录的话，请在电脑上换一个码。',
    report: false,
  },
  scan_needs_wallet: {
    status: 403,
    message: '请用微信或支付宝的“扫一扫”扫电脑上的码，在别处打开不能确认登录。',
    report: false,
  },
  phone_code_invalid: {
    status: 422,
    message: '没有取到手机号，请再点一次，或改用短信验证码。',
    report: false,
  },
  sms_code_wrong: { status: 422, message: '验证码不对或已过期，请核对或重新获取。', report: false },
  sms_limited: { status: 429, message: '验证码发送太频繁，请稍后再试。', report: false },
  phone_taken: {
    status: 409,
    message: '这个手机号已用于另一个账号，请用短信验证码登录那个账号。',
    report: false,
  },

  bind_refused: {
    status: 422,
    message: '户号和验证信息对不上，请核对账单上的户号和登记手机号；还不行请联系客服。',
    report: false,
  },
  role_forbidden: {
    status: 403,
    message: '您在这一户的身份办不了这件事，请让业主来办，或请业主改一下您的身份。',
    report: false,
  },
  owner_unproven: {
    status: 403,
    message: '请先用业主登记手机收到的验证码确认您是业主，再来管理成员。',
    report: false,
  },
  invite_gone: {
    status: 410,
    message: '这个邀请已过期、被撤回或已经有人用过，请让家里人重新发一个。',
    report: false,
  },
  proxy_gone: {
    status: 410,
    message: '这份代办申请已过期、被撤回或已经处理过，请让对方重新发一个。',
    report: false,
  },
  proxy_own: { status: 409, message: '不能替自己代办；请把链接发给家里老人，由他本人确认。', report: false },
  last_owner: {
    status: 409,
    message: '您是这一户唯一确认过的业主，请先把业主身份交给别人，再改自己的身份。',
    report: false,
  },
  bind_locked: {
    status: 429,
    message: '尝试次数太多，24小时后再试；着急请拨打客服电话核实身份。',
    report: false,
  },
  code_unknown: {
    status: 404,
    message: '没有认出这个码：可能没拍全或已损坏，请对准重扫；还不行请拨打客服电话。',
    report: false,
  },
  code_revoked: { status: 410, message: '这个码已停用，请扫新码，或拨打客服电话。', report: false },
  sign_in_first: { status: 403, message: '这一步要先登录，请用微信、支付宝或手机号登录。', report: false },
  household_limit: { status: 409, message: '绑定的户号太多了，请先解绑不用的户号。', report: false },

  bill_not_payable: { status: 409, message: '这笔账单现在不能缴，请刷新看看最新状态。', report: false },
  bill_held: { status: 409, message: '这笔账单正在支付中，请先完成或取消那一笔。', report: false },
  amount_changed: { status: 409, message: '账单金额刚刚更新了，请核对新金额后再缴。', report: false },
  mixed_merchants: { status: 422, message: '这些账单要分开缴，请一次只选同一家公司的。', report: false },
  payment_closed: { status: 409, message: '这笔订单已关闭，请重新发起缴费。', report: false },
  payment_product_unavailable: { status: 422, message: '这里不能用这种支付方式，请换一种。', report: false },
  proof_not_possible: {
    status: 409,
    message: '这笔钱没有用来缴账单（已退回或转为户内余额），不能开缴费证明。',
    report: false,
  },
  paper_gone: {
    status: 410,
    message: '这个下载链接已经用过或过期了，请回到页面再点一次下载。',
    report: false,
  },
  invoice_taken: { status: 409, message: '这笔钱已经开过发票或正在开，请在“我的发票”里看。', report: false },
  invoice_refused: { status: 409, message: '这笔钱现在不能开票，请刷新看看原因。', report: false },
  invoice_companies: { status: 422, message: '一张发票只能开同一家公司的，请分开申请。', report: false },
  invoice_file_missing: { status: 409, message: '发票文件还没有生成，请稍后再看。', report: false },
  invoice_changed: { status: 409, message: '这张发票刚刚变了，请刷新后再处理。', report: false },
  title_incomplete: { status: 422, message: '请选一个抬头；单位抬头要填税号。', report: false },
  title_known: { status: 409, message: '已经有一个同名同税号的抬头了，直接用那个就行。', report: false },
  title_limit: { status: 409, message: '抬头存得太多了，请先删掉不用的。', report: false },
  tax_no_wrong: { status: 422, message: '税号不对，请对照营业执照核对每一位。', report: false },
  receipt_not_ready: { status: 409, message: '钱还没有到账，到账后就能看收据。', report: false },
  order_limit: { status: 409, message: '未完成的订单太多了，请先完成或取消。', report: false },

  message_must_come: {
    status: 422,
    message: '这类通知关系到用气用电安全，不能关闭；内容也会留在消息里。',
    report: false,
  },
  email_code_wrong: { status: 422, message: '验证码不对或已过期，请核对邮件或重新获取。', report: false },
  email_limited: { status: 429, message: '邮件发送太频繁，请稍后再试。', report: false },
  email_unavailable: {
    status: 503,
    message: '现在发不了邮件，请稍后再试，或先用微信、支付宝通知。',
    report: true,
  },

  catalogue_changed: {
    status: 409,
    message: '这份目录刚被别人改过，请打开最新的一份再改。',
    report: false,
  },
  slot_gone: { status: 409, message: '这个时间刚被约满或已过期，请换一个时间。', report: false },
  appointment_fixed: {
    status: 409,
    message: '离上门时间太近，不能再改了；有急事请拨打客服电话。',
    report: false,
  },
  capacity_taken: { status: 409, message: '已经约出去的名额比这个数多，请先改约再减少。', report: false },

  file_too_large: { status: 413, message: '文件太大了，请换一个小一点的。', report: false },
  file_limit: {
    status: 429,
    message: '今天上传的文件太多了，请明天再传，或打客服电话说明情况。',
    report: false,
  },
  upload_gap: { status: 409, message: '上传中断过，正在从断开的地方继续。', report: false },
  upload_incomplete: { status: 409, message: '文件还没有传完，请继续上传。', report: false },
  files_not_ready: { status: 409, message: '照片或录音还没有处理好，请稍等几秒再提交。', report: false },
  file_link_expired: { status: 403, message: '图片链接已过期，请返回上一页刷新。', report: false },
  file_expired: { status: 410, message: '办结时间已久，照片和录音按规定删除了。', report: false },
  range_not_satisfiable: { status: 416, message: '文件已更新，请返回上一页重新打开。', report: false },
  storage_full: { status: 507, message: '系统存储空间不足，请稍后再传；着急请拨打客服电话。', report: true },
  storage_unavailable: { status: 503, message: '文件暂时存取不了，请稍后再试。', report: true },

  staff_refused: { status: 401, message: '登录名、密码或动态码不对，请核对后再试。', report: false },
  staff_locked: { status: 429, message: '试错次数太多，请15分钟后再试，或联系安全管理员。', report: false },
  challenge_over: { status: 401, message: '验证已过期，请重新输入登录名和密码。', report: false },
  second_factor_there: {
    status: 409,
    message: '您已经绑定了动态码；要换手机，请安全管理员先重置。',
    report: false,
  },
  password_weak: { status: 422, message: '密码太简单，请换一个。', report: false },
  password_wrong: { status: 422, message: '原密码不对，请重新填写。', report: false },
  password_used_before: { status: 422, message: '这个密码最近用过，请换一个没用过的。', report: false },
  set_up_refused: {
    status: 403,
    message: '初始化码不对、已过期或已用过；重启服务会在日志里给出新的初始化码。',
    report: false,
  },
  login_name_taken: { status: 409, message: '这个登录名已经有人用了，请换一个。', report: false },
  roles_conflict: {
    status: 422,
    message: '安全管理员和审计员不能同时担任其他岗位，请只选一个。',
    report: false,
  },
  last_security_admin: {
    status: 409,
    message: '这是最后一个安全管理员，请先再设一个，再停用或改岗。',
    report: false,
  },
  own_account: {
    status: 409,
    message: '不能改自己的岗位、状态或密码重置，请让另一位安全管理员来做。',
    report: false,
  },
  bind_code_wrong: { status: 422, message: '绑定码不对、已过期或已用过，请让班长重新生成。', report: false },
  wallet_taken: {
    status: 409,
    message: '这个微信或支付宝已绑定另一个员工账号，请先在那边解绑。',
    report: false,
  },
  team_name_taken: { status: 409, message: '这家公司已有同名班组，请换个名称。', report: false },
  cross_site: { status: 403, message: '这个请求不是从工作台发出的，请回到工作台再试。', report: false },
  address_not_allowed: {
    status: 403,
    message: '您所在的网络不能使用工作台，请在单位网络里打开，或联系管理员。',
    report: false,
  },

  notice_over: {
    status: 409,
    message: '这次停供已经结束或不在这里，请刷新；还没有恢复请直接报修。',
    report: false,
  },
  outage_elsewhere: {
    status: 422,
    message: '这次停供的范围里没有这一户；确实是同一回事，请写明原因再并入。',
    report: false,
  },
  move_not_allowed: { status: 409, message: '现在不能这样操作，请刷新看看最新状态。', report: false },
  request_changed: { status: 409, message: '别人刚刚改了这一单，请刷新看看最新状态再操作。', report: false },
  request_limit: {
    status: 429,
    message: '今天提交得太多了，请明天再来；着急请拨打客服电话。',
    report: false,
  },
  danger_not_seen: { status: 422, message: '请先看完安全提示，确认安全后再提交。', report: false },
  words_refused: { status: 422, message: '文字里有不能发布的内容，请修改后再提交。', report: false },
  urge_too_soon: { status: 429, message: '刚刚已经催过了，我们正在跟进，请稍后再催。', report: false },
  reopen_over: {
    status: 409,
    message: '已经过了重新打开的时间，请重新提交，或拨打客服电话。',
    report: false,
  },
  rated_before: { status: 409, message: '您已经评价过了，谢谢。', report: false },

  order_gone: { status: 409, message: '这一单刚被别人接走或收回了，请刷新看看。', report: false },
  charge_not_possible: {
    status: 409,
    message: '这一单不能在现场收费，请让客服另开单处理。',
    report: false,
  },

  unmask_limit: {
    status: 429,
    message: '今天查看完整信息的次数用完了，请明天再看；确有需要请联系主管。',
    report: false,
  },
  export_limit: { status: 429, message: '今天导出的次数用完了，请明天再导出。', report: false },
  copy_limited: { status: 429, message: '今天要过的数据副本够多了，请明天再来。', report: false },
  copy_gone: { status: 410, message: '这份数据已过期删除，请重新生成一份。', report: false },
  consent_needed: {
    status: 409,
    message: '这一项要您先同意。可以在“我的信息和授权”里看说明，也可以不用它。',
    report: false,
  },
  consent_changed: { status: 409, message: '说明的内容有更新，请刷新后看一遍再决定。', report: false },
  export_gone: { status: 410, message: '下载地址已失效或已经用过，请重新导出。', report: false },
  too_many_views: { status: 409, message: '保存的视图太多了，请先删掉不用的。', report: false },

  notice_changed: { status: 409, message: '别人刚刚改了这条通知，请刷新看看最新的再操作。', report: false },
  preview_needed: {
    status: 409,
    message: '还没有统计要通知多少人，或统计后又改过；请先预览，看清人数再发布。',
    report: false,
  },
  lead_reason_needed: {
    status: 422,
    message: '提前通知的时间不够，请写明原因（至少4个字）再发布。',
    report: false,
  },
  own_notice: { status: 409, message: '不能批准自己拟的通知，请另一位同事来批准。', report: false },
  fan_out_running: { status: 409, message: '上一版还在发送，请先停止发送，再发更正。', report: false },

  article_changed: { status: 409, message: '别人刚刚改了这篇内容，请刷新看看最新的再操作。', report: false },
  own_article: { status: 409, message: '不能审核自己写过的内容，请另一位同事来审核。', report: false },

  reading_no_meter: {
    status: 404,
    message: '还没有这一户的表具资料，出过第一期账单后就可以报数。',
    report: false,
  },
  reading_not_asked: { status: 409, message: '这只表不用您报数，公司会自己抄表。', report: false },
  reading_closed: { status: 409, message: '现在不收读数，请在开放的日子再来。', report: false },
  reading_reason_needed: {
    status: 422,
    message: '这个读数比上次少，请选一个原因，工作人员会核实。',
    report: false,
  },
  reading_taken: {
    status: 409,
    message: '这一户本月已经报过读数了。要改的话，请绑定户号后再改，或拨打客服电话。',
    report: false,
  },
  reading_changed: { status: 409, message: '这个读数刚刚变了，请刷新后再处理。', report: false },
  call_changed: { status: 409, message: '这通电话刚刚有同事处理了，请刷新看看。', report: false },
  conversation_taken: {
    status: 409,
    message: '这个对话在同事那里，请刷新看看；要接过来请找主管。',
    report: false,
  },
  not_your_turn: { status: 409, message: '这个对话不是您在接待，请先接过来再回复。', report: false },
  colleague_away: { status: 409, message: '这位同事现在不在线，请选别人，或转回排队。', report: false },
  rating_over: { status: 409, message: '现在不能评价这次服务了，谢谢您的支持。', report: false },
  own_review: { status: 409, message: '不能给自己的会话打分，请另一位主管来。', report: false },
  conversation_changed: { status: 409, message: '会话刚刚有了变化，请再试一次。', report: false },
  conversation_closed: {
    status: 409,
    message: '这次会话已经结束，请重新发起咨询。',
    report: false,
  },
  email_missing: {
    status: 409,
    message: '还没有确认过邮箱，请先在“我的—消息设置”里填写邮箱。',
    report: false,
  },
  supply_open: { status: 409, message: '这个采暖季已经有一份申请在办，请先等结果或撤回。', report: false },
  recall_over: { status: 409, message: '发出超过2分钟，不能撤回了。', report: false },
  socket_refused: { status: 403, message: '连接不是从我们的页面发起的，请回到页面重试。', report: false },

  tickets_none: { status: 409, message: '这个网点不用取号，直接到窗口办理即可。', report: false },
  tickets_closed: {
    status: 409,
    message: '现在取不了号：网点没有营业，或今天的号已取完。请看营业时间，或先打电话。',
    report: false,
  },
  ticket_called: { status: 409, message: '正在叫您的号，请到窗口；不办了请告诉窗口人员。', report: false },
  ticket_over: { status: 409, message: '这个号已经办完或不在叫号中，请刷新看看。', report: false },
  outlet_changed: { status: 409, message: '别人刚刚改了这个网点，请刷新看看最新的再改。', report: false },

  bad_signature: { status: 401, message: '签名不对。', report: false },
  undecryptable_notice: { status: 500, message: '通知无法解密。', report: true },
  malformed_notice: { status: 400, message: '通知内容不完整。', report: true },
  orphan_notice: { status: 500, message: '通知对应的订单不存在。', report: true },
} as const satisfies Record<string, { status: number; message: string; report: boolean }>

export type ErrorCode = keyof typeof catalogue

export interface AppErrorOptions {
  /** For logs and operators; never shown to a resident. A platform's own code goes here. */
  readonly detail?: string
  readonly retryAfterSeconds?: number
  readonly fields?: readonly { path: string; message: string }[]
  /** A sentence for the resident that fits this case better than the catalogue's. */
  readonly message?: string
  readonly cause?: unknown
}

/** An error that we expected and can name. Anything else that reaches the edge is answered as `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly fields: readonly { path: string; message: string }[] | undefined

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(
      options.message ?? catalogue[code].message,
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.name = 'AppError'
    this.code = code
    this.detail = options.detail
    this.retryAfterSeconds = options.retryAfterSeconds
    this.fields = options.fields
  }

  get status(): number {
    return catalogue[this.code].status
  }

  get report(): boolean {
    return catalogue[this.code].report
  }
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code)
}

/** The list itself, for the API document. */
export function errorCatalogue(): readonly { code: ErrorCode; status: number; message: string }[] {
  return (Object.keys(catalogue) as ErrorCode[]).map((code) => ({ code, ...catalogue[code] }))
}
