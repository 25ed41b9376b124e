import { type MiniPlatform, platformRules } from './platform-rules'

/** What an API is called with: its fields and the three ways to answer. */
export interface CallOption {
  readonly [field: string]: unknown
  readonly success?: (answer: object) => void
  readonly fail?: (answer: object) => void
  readonly complete?: (answer: object) => void
}

/** An API that answers later: resolves to what `success` gets; rejects with {@link NativeFailure} for `fail`. */
export type LaterApi = (option: CallOption) => Promise<object> | object
/** An API that answers at once with its return value. */
export type DirectApi = (...given: unknown[]) => unknown

/** What `fail` is called with. */
export class NativeFailure extends Error {
  constructor(readonly answer: object) {
    super(JSON.stringify(answer))
  }
}

export interface NativeCall {
  readonly name: string
  readonly option: unknown
}

interface NativeOptions {
  readonly platform: MiniPlatform
  readonly later: Readonly<Record<string, LaterApi>>
  readonly direct: Readonly<Record<string, DirectApi>>
  readonly calls: NativeCall[]
  readonly fault: (words: string) => void
}

const isOption = (value: unknown): value is CallOption => typeof value === 'object' && value !== null

/**
 * The wallet's own object, wx or my: exactly the names its typings list, because Taro builds its table of APIs
 * from them. One that the checks do not answer fails as it would on a phone, and is reported.
 */
export function nativeApi(options: NativeOptions): Record<string, unknown> {
  const { platform, later, direct, calls, fault } = options
  const api: Record<string, unknown> = {}
  for (const name of platformRules[platform].apiNames) {
    api[name] = (...given: unknown[]): unknown => {
      const option = given[0]
      calls.push({ name, option })
      const answer = direct[name]
      if (answer) return answer(...given)
      const ask = later[name]
      if (ask) return answerLater(name, ask, isOption(option) ? option : {}, fault)
      if (/^(on|off)[A-Z]/.test(name)) return undefined
      fault(`${platformRules[platform].namespace}.${name} was called, which these checks do not answer`)
      if (isOption(option)) answerLater(name, refuse(name), option, fault)
      return undefined
    }
  }
  api['env'] = { USER_DATA_PATH: 'wxfile://usr' }
  return api
}

const refuse =
  (name: string): LaterApi =>
  () => {
    throw new NativeFailure({ errMsg: `${name}:fail`, error: 2 })
  }

function answerLater(
  name: string,
  ask: LaterApi,
  option: CallOption,
  fault: (words: string) => void,
): object {
  const answer = async (): Promise<void> => {
    try {
      const result = { errMsg: `${name}:ok`, ...(await ask(option)) }
      option.success?.(result)
      option.complete?.(result)
    } catch (error) {
      if (!(error instanceof NativeFailure)) throw error
      option.fail?.(error.answer)
      option.complete?.(error.answer)
    }
  }
  answer().catch((error: unknown) =>
    fault(`${name}: ${error instanceof Error ? error.stack : String(error)}`),
  )
  return { abort: () => undefined }
}
