import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from './sources'

/** What the demo's two halves both know: its companies, and the templates that the platforms hold. */

interface DemoYaml {
  readonly messages: { readonly sms: { readonly templates: Readonly<Record<string, string>> } }
  readonly companies: readonly { readonly id: string; readonly payeeName: string }[]
  readonly invoices: {
    readonly companies: Readonly<Record<string, { readonly name: string; readonly taxNo: string }>>
  }
  readonly platforms: {
    readonly wechat: { readonly subscribeTemplates: Templates; readonly oaTemplates: Templates }
    readonly alipay: { readonly messageTemplates: Templates }
  }
}

type Templates = Readonly<Record<string, { id: string }>>

/** The part of a file in templates/ that the platforms' consoles would hold, too. */
interface TemplateFile {
  readonly title: string
  readonly says: readonly { readonly label: string; readonly from: string }[]
  readonly channels: readonly {
    readonly name: string
    readonly fields?: Readonly<Record<string, string>>
    readonly text?: string
  }[]
}

function readYaml<T>(path: string): T {
  return parse(readFileSync(join(ROOT, path), 'utf8')) as T
}

export function demoCompanies(): DemoYaml['companies'] {
  return readYaml<DemoYaml>('config/demo.yaml').companies
}

/** The companies as they are registered at the tax platform. */
export function demoSellers(): { name: string; taxNo: string }[] {
  const { companies } = readYaml<DemoYaml>('config/demo.yaml').invoices
  return Object.values(companies).map(({ name, taxNo }) => ({ name, taxNo }))
}

export function payeeOf(companyId: string): string {
  return find(demoCompanies(), ({ id }) => id === companyId).payeeName
}

/** The templates as both platforms' consoles would hold them: our ids and fields, with the labels of templates/. */
export function demoTemplates(): { wechat: object[]; oa: object[]; alipay: object[] } {
  const { wechat, alipay } = readYaml<DemoYaml>('config/demo.yaml').platforms
  return {
    wechat: asHeld(wechat.subscribeTemplates, 'wechat-mini'),
    oa: asHeld(wechat.oaTemplates, 'wechat-oa'),
    alipay: asHeld(alipay.messageTemplates, 'alipay-mini'),
  }
}

/** The text templates as the provider approved them: our codes, with the words of templates/. */
export function demoSmsTemplates(): { code: string; text: string }[] {
  const { templates } = readYaml<DemoYaml>('config/demo.yaml').messages.sms
  return Object.entries(templates).map(([name, code]) => {
    const words = readYaml<TemplateFile>(`templates/${name}.yaml`)
    const { text = '' } = find(words.channels, (one) => one.name === 'sms')
    return { code, text }
  })
}

function asHeld(templates: Templates, channel: string): object[] {
  const known = new Set(readdirSync(join(ROOT, 'templates')))
  return Object.entries(templates).map(([name, { id }]) => {
    if (!known.has(`${name}.yaml`))
      throw new Error(`config/demo.yaml names the template ${name}, which templates/ lacks`)
    const words = readYaml<TemplateFile>(`templates/${name}.yaml`)
    const { fields = {} } = find(words.channels, (one) => one.name === channel)
    return {
      id,
      title: words.title,
      kind: 'once',
      fields: Object.entries(fields).map(([key, from]) => ({
        key,
        // Fixed words have no value of ours, so the platform's console would name them by what they are.
        label: words.says.find((said) => said.from === from)?.label ?? '温馨提示',
      })),
    }
  })
}

export function find<T>(list: readonly T[], isIt: (one: T) => boolean): T {
  const found = list.find(isIt)
  if (found === undefined) {
    throw new Error('The demo keys in the data folder are of another version: start once with --reset')
  }
  return found
}
