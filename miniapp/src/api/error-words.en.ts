/** In English, what went wrong by the server's code; in Chinese the server's own sentence is shown. */
export const errorWords: Readonly<Record<string, string>> = {
  invalid_input: 'Something filled in is not right. Please check the marked places.',
  not_json: 'The request was not understood. Please update to the newest version and try again.',
  malformed_body: 'The request was not complete. Please try again.',
  body_too_large: 'This is too much to send at once. Please shorten it and try again.',
  headers_too_large: 'The request was too large. Please try again.',
  request_timeout: 'The network is too slow and your request did not get through. Please try again.',
  not_found: 'What you are looking for was not found. Please go back and refresh.',
  method_not_allowed: 'The request was not understood. Please update to the newest version and try again.',
  unauthenticated: 'You have been signed out. Please sign in again.',
  forbidden: 'Your post does not allow this. Please ask your administrator.',
  rate_limited: 'Too many tries. Please wait a moment and try again.',
  idempotency_conflict: 'This differs from what was sent before. Please go back and do it again.',
  internal: 'Something went wrong on our side. Please try again later, or call us if it is urgent.',
  busy: 'Too many people are using this right now. Please try again later.',
  database_unavailable: 'The system is not available right now. Please try again later; your money is safe.',
  platform_unavailable: 'WeChat or Alipay is not answering right now. Please try again later.',

  login_code_invalid: 'Signing in did not work. Please tap again.',
  snapshot_user:
    'This is a preview. Please tap “使用完整服务” (use the full service) at the bottom right and try again.',
  oauth_state_invalid: 'This sign-in is out of date. Please go back and sign in again.',
  ticket_invalid: 'This sign-in is out of date. Please go back and sign in again.',
  scan_unknown: 'This sign-in code is not known. The PC may show a new one; please scan that.',
  scan_expired: 'This sign-in code is out of date. Please take another one on the PC and scan it.',
  scan_taken: 'Another phone has scanned this code. To sign in here, take another code on the PC.',
  scan_over: 'This sign-in code has been used. To sign in again, take another one on the PC.',
  scan_number_wrong: 'The number is wrong. Please enter the two digits on the PC’s screen.',
  scan_refused:
    'The number was wrong too often, so this code is void. If it is you signing in, take another code on the PC.',
  scan_needs_wallet:
    'Please scan the code on the PC with the scanner of WeChat or Alipay. Sign-in cannot be confirmed elsewhere.',
  phone_code_invalid: 'Your phone number did not come. Please tap again, or use an SMS code.',
  sms_code_wrong: 'The code is wrong or out of date. Please check it or get a new one.',
  sms_limited: 'Too many codes were sent. Please try again later.',
  phone_taken: 'This phone number belongs to another account. Please sign in to that one by SMS code.',

  bind_refused:
    'The account number and the proof do not match. Please check the account number on the bill and the phone on file, or call us.',
  role_forbidden:
    'Your role in this home does not allow this. Please ask the owner to do it or to change your role.',
  owner_unproven:
    'Please first confirm that you are the owner, with a code sent to the owner’s phone on file.',
  invite_gone:
    'This invitation is out of date, withdrawn or already used. Please ask your family for a new one.',
  proxy_gone:
    'This request is out of date, withdrawn or already answered. Please ask them to send a new one.',
  proxy_own: 'You cannot act for yourself. Please send the link to your family; they have to confirm it.',
  last_owner: 'You are the only confirmed owner of this home. Please make somebody else the owner first.',
  bind_locked: 'Too many tries. Please try again in 24 hours, or call us to confirm who you are.',
  code_unknown:
    'This code is not known; it may be damaged or only partly in the picture. Scan it again, or call us.',
  code_revoked: 'This code is no longer in use. Please scan the new one, or call us.',
  sign_in_first: 'Please sign in for this step, with WeChat, Alipay or your phone number.',
  household_limit: 'You have too many accounts. Please remove those you do not need first.',

  bill_not_payable: 'This bill cannot be paid now. Please refresh to see how it stands.',
  bill_held: 'This bill is being paid. Please finish or cancel that payment first.',
  amount_changed: 'The amount of the bill has just changed. Please check the new amount and pay again.',
  mixed_merchants: 'These bills are paid separately. Please choose those of one company at a time.',
  payment_closed: 'This order is closed. Please start the payment again.',
  payment_product_unavailable: 'This way of paying cannot be used here. Please choose another.',
  proof_not_possible:
    'This money was not used for a bill (it was sent back or kept as credit), so there is no proof of payment.',
  paper_gone: 'This download link was used or is out of date. Please go back and tap download again.',
  invoice_taken:
    'This payment has an invoice already, or one is being made. Please look under “My invoices”.',
  invoice_refused: 'This payment cannot be invoiced now. Please refresh to see why.',
  invoice_companies: 'One invoice is for payments to one company. Please ask separately.',
  invoice_file_missing: 'The invoice file is not ready yet. Please look again later.',
  invoice_changed: 'This invoice has just changed. Please refresh and go on.',
  title_incomplete: 'Please choose a title; a company’s title needs a tax number.',
  title_known: 'A title with this name and tax number is there already. Please use that one.',
  title_limit: 'You have too many titles. Please delete those you do not need first.',
  tax_no_wrong: 'The tax number is not right. Please compare it with the business license.',
  receipt_not_ready: 'The money has not arrived yet. The receipt is there when it has.',
  order_limit: 'You have too many unfinished orders. Please finish or cancel them first.',

  message_must_come:
    'These notices are about the safety of gas and power and cannot be switched off. They also stay under Messages.',
  email_code_wrong: 'The code is wrong or out of date. Please check the e-mail or get a new one.',
  email_limited: 'Too many e-mails were sent. Please try again later.',
  email_unavailable: 'E-mail cannot be sent right now. Please try later, or use WeChat or Alipay messages.',
  catalogue_changed: 'Somebody has just changed this catalogue. Please open the newest one and change that.',
  slot_gone: 'This time was just taken or is over. Please choose another.',
  appointment_fixed: 'The visit is too close to be changed. If it is urgent, please call us.',
  capacity_taken: 'More visits are booked than this number. Please move some first.',

  file_too_large: 'The file is too large. Please choose a smaller one.',
  file_limit: 'Too many files were uploaded today. Please go on tomorrow, or call us.',
  upload_gap: 'The upload was interrupted and goes on from where it stopped.',
  upload_incomplete: 'The file is not uploaded in full. Please continue.',
  files_not_ready: 'The photos or recordings are not ready yet. Please wait a few seconds, then submit.',
  file_link_expired: 'The link to this picture is out of date. Please go back and refresh.',
  file_expired: 'This was closed long ago; its photos and recordings were deleted as the rules require.',
  range_not_satisfiable: 'The file has changed. Please go back and open it again.',
  storage_full: 'Our storage is full. Please upload later, or call us if it is urgent.',
  storage_unavailable: 'Files cannot be stored or read right now. Please try again later.',

  staff_refused: 'The login name, password or one-time code is wrong. Please check and try again.',
  staff_locked: 'Too many wrong tries. Please try again in 15 minutes, or ask the security administrator.',
  challenge_over: 'This check is out of date. Please enter your login name and password again.',
  second_factor_there:
    'You have a one-time code already. For a new phone, ask the security administrator to reset it.',
  password_weak: 'This password is too simple. Please choose another.',
  password_wrong: 'The old password is wrong. Please enter it again.',
  password_used_before: 'This password was used lately. Please choose a new one.',
  set_up_refused: 'The set-up code is wrong, out of date or used. A restart of the service logs a new one.',
  login_name_taken: 'This login name is taken. Please choose another.',
  roles_conflict: 'A security administrator or auditor has no other post. Please choose one.',
  last_security_admin: 'This is the last security administrator. Please appoint another one first.',
  own_account:
    'You cannot change your own post, state or password reset. Please ask another security administrator.',
  bind_code_wrong: 'The code is wrong, out of date or used. Please ask the team lead for a new one.',
  wallet_taken: 'This WeChat or Alipay belongs to another staff account. Please release it there first.',
  team_name_taken: 'This company has a team of that name. Please choose another.',
  cross_site: 'This request did not come from the console. Please go back there and try again.',
  address_not_allowed:
    'The console cannot be used from your network. Please use the company’s, or ask the administrator.',

  notice_over: 'This outage is over or not here. Please refresh; if supply is not back, report it.',
  outage_elsewhere:
    'This home is not within this outage. If it is the same thing, give a reason and join it.',
  move_not_allowed: 'This cannot be done now. Please refresh to see how it stands.',
  request_changed: 'Somebody has just changed this request. Please refresh and look before you go on.',
  request_limit: 'You have submitted too many today. Please come back tomorrow, or call us if it is urgent.',
  danger_not_seen: 'Please read the safety advice first and confirm that you are safe, then submit.',
  words_refused: 'The text contains something that cannot be published. Please change it and submit again.',
  urge_too_soon: 'You urged us a moment ago and we are on it. Please urge again later.',
  reopen_over: 'It is too late to open this again. Please report it anew, or call us.',
  rated_before: 'You have rated this already. Thank you.',
  order_gone: 'Somebody has just taken this order, or it was taken back. Please refresh.',
  charge_not_possible: 'This order cannot be charged on site. Please ask customer service for another one.',
  unmask_limit:
    'You have used up today’s looks at full information. Please come back tomorrow, or ask your supervisor.',
  export_limit: 'You have used up today’s exports. Please come back tomorrow.',
  copy_limited: 'You have asked for enough copies of your data today. Please come back tomorrow.',
  copy_gone: 'This copy is out of date and deleted. Please make a new one.',
  consent_needed:
    'This needs your consent first. You can read about it under “My information and consents”, or do without it.',
  consent_changed: 'The text has changed. Please refresh, read it and decide.',
  export_gone: 'This download address is out of date or used. Please export again.',
  too_many_views: 'You have too many saved views. Please delete those you do not need.',

  notice_changed: 'Somebody has just changed this notice. Please refresh and look before you go on.',
  preview_needed: 'How many people will be told is not known yet. Please preview first, then publish.',
  lead_reason_needed:
    'The time of advance notice is too short. Please give a reason (at least 4 characters).',
  own_notice: 'You cannot approve your own notice. Please ask a colleague.',
  fan_out_running: 'The last version is still being sent. Please stop that before you correct it.',
  article_changed: 'Somebody has just changed this article. Please refresh and look before you go on.',
  own_article: 'You cannot review what you wrote. Please ask a colleague.',

  reading_no_meter: 'We do not know this home’s meter yet. You can report once the first bill is out.',
  reading_not_asked: 'You need not report this meter; the company reads it.',
  reading_closed: 'Readings are not taken now. Please come back on the days for it.',
  reading_reason_needed: 'This reading is less than the last one. Please choose a reason, and we will check.',
  reading_taken:
    'This home’s reading was reported this month. To change it, add the account first, or call us.',
  reading_changed: 'This reading has just changed. Please refresh and go on.',

  call_changed: 'A colleague has just taken care of this call. Please refresh.',
  conversation_taken: 'A colleague has this conversation. Please refresh; to take it over, ask a supervisor.',
  not_your_turn: 'You are not in charge of this conversation. Please take it over first.',
  colleague_away: 'This colleague is not there. Please choose another, or put it back into the queue.',
  rating_over: 'This can no longer be rated. Thank you.',
  own_review: 'You cannot review your own conversation. Please ask another supervisor.',
  conversation_changed: 'The conversation has just changed. Please try again.',
  conversation_closed: 'This conversation has ended. Please start a new one.',
  email_missing: 'You have no confirmed e-mail yet. Please add one under “Me – Message settings”.',
  supply_open:
    'There is an open request for this heating season. Please wait for the answer, or withdraw it.',
  recall_over: 'It was sent more than 2 minutes ago and cannot be taken back.',
  socket_refused: 'The connection did not come from our page. Please go back and try again.',

  tickets_none: 'No number is needed here. Please go straight to a counter.',
  tickets_closed:
    'No numbers now: the service center is closed, or today’s are used up. Please see the hours, or call first.',
  ticket_called: 'You are being called. Please go to the counter, or tell the staff that you do not need it.',
  ticket_over: 'This number is done or not being called. Please refresh.',
  outlet_changed: 'Somebody has just changed this service center. Please refresh before you change it.',

  bad_signature: 'The signature is wrong.',
  undecryptable_notice: 'The notice cannot be decrypted.',
  malformed_notice: 'The notice is not complete.',
  orphan_notice: 'The order of this notice does not exist.',
}
