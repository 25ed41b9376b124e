import { paramError } from './errors'

/** One field's rule. Lengths count characters, except where `bytes` is set. */
export type FieldRule =
  | {
      kind: 'text'
      title: string
      required?: boolean
      min?: number
      max: number
      pattern?: RegExp
      bytes?: boolean
    }
  | { kind: 'integer'; title: string; required?: boolean; min: number; max: number }
  | { kind: 'choice'; title: string; required?: boolean; values: readonly string[] }
  | { kind: 'boolean'; title: string; required?: boolean }
  | { kind: 'object'; title: string; required?: boolean; fields: Fields }
  | { kind: 'list'; title: string; required?: boolean; fields: Fields }

export type Fields = Record<string, FieldRule>

export type PlainObject = Record<string, unknown>

/** Whether a JSON value is an object with fields. */
export function isObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fail(pointer: string, title: string, value: unknown, issue: string): never {
  throw paramError(pointer, value, `输入源“/body${pointer}”映射到${issue.replace('%', `“${title}”`)}`)
}

function checkText(pointer: string, rule: Extract<FieldRule, { kind: 'text' }>, value: unknown): void {
  if (typeof value !== 'string') fail(pointer, rule.title, value, '值字段%类型错误，应为字符串')
  const length = rule.bytes ? Buffer.byteLength(value) : [...value].length
  const unit = rule.bytes ? '字节数' : '字符数'
  const shortest = rule.min ?? 1
  if (length < shortest) {
    fail(pointer, rule.title, value, `值字段%字符串规则校验失败，${unit} ${length}，小于最小值 ${shortest}`)
  }
  if (length > rule.max) {
    fail(pointer, rule.title, value, `值字段%字符串规则校验失败，${unit} ${length}，大于最大值 ${rule.max}`)
  }
  if (rule.pattern && !rule.pattern.test(value)) {
    fail(pointer, rule.title, value, '值字段%字符串规则校验失败，格式不正确')
  }
}

function checkInteger(pointer: string, rule: Extract<FieldRule, { kind: 'integer' }>, value: unknown): void {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    fail(pointer, rule.title, value, '数值字段%类型错误，应为整数')
  }
  if (value < rule.min) fail(pointer, rule.title, value, `数值字段%规则校验失败，值低于最小值 ${rule.min}`)
  if (value > rule.max) fail(pointer, rule.title, value, `数值字段%规则校验失败，值高于最大值 ${rule.max}`)
}

function checkValue(pointer: string, rule: FieldRule, value: unknown): void {
  switch (rule.kind) {
    case 'text':
      return checkText(pointer, rule, value)
    case 'integer':
      return checkInteger(pointer, rule, value)
    case 'choice':
      if (typeof value !== 'string' || !rule.values.includes(value)) {
        fail(pointer, rule.title, value, `值字段%枚举规则校验失败，应为 ${rule.values.join('/')}`)
      }
      return
    case 'boolean':
      if (typeof value !== 'boolean') fail(pointer, rule.title, value, '值字段%类型错误，应为布尔值')
      return
    case 'object':
      if (!isObject(value)) fail(pointer, rule.title, value, '对象字段%类型错误，应为对象')
      return checkFields(value, rule.fields, pointer)
    default:
      if (!Array.isArray(value)) fail(pointer, rule.title, value, '数组字段%类型错误，应为数组')
      for (const [index, item] of value.entries()) {
        if (!isObject(item)) fail(`${pointer}/${index}`, rule.title, item, '对象字段%类型错误，应为对象')
        checkFields(item, rule.fields, `${pointer}/${index}`)
      }
  }
}

/** Refuses the first missing, unknown or ill-formed field with 400 PARAM_ERROR that names it. */
export function checkFields(body: PlainObject, fields: Fields, pointer = ''): void {
  for (const key of Object.keys(body)) {
    if (!fields[key]) fail(`${pointer}/${key}`, key, body[key], '未知字段%，请求中不得包含接口未定义的字段')
  }
  for (const [key, rule] of Object.entries(fields)) {
    const value = body[key]
    if (value !== undefined && value !== null) checkValue(`${pointer}/${key}`, rule, value)
    else if (rule.required) {
      fail(`${pointer}/${key}`, rule.title, null, '值字段%必填性规则校验失败，此字段为必填项')
    }
  }
}
