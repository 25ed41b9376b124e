import { parse } from 'acorn'
import { type Bundle, resolvePath } from './bundle'
import { platformRules, YOUNGEST_ES } from './platform-rules'

/** The budgets of the issue, in bytes. WeChat itself stops at 2 MB; a slow phone feels much less. */
const MAIN_LIMIT_BYTES = 700 * 1024
const SUBPACKAGE_LIMIT_BYTES = 300 * 1024
const MOST_TABS = 5
const FEWEST_TABS = 2

/** Scripts that the oldest engine could not even read, or nobody could. */
export function languageFaults(bundle: Bundle): string[] {
  return bundle
    .files()
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => {
      try {
        parse(bundle.read(file), { ecmaVersion: YOUNGEST_ES, allowReturnOutsideFunction: true })
        return []
      } catch (error) {
        return [`${file} is not ES${YOUNGEST_ES}: ${error instanceof Error ? error.message : String(error)}`]
      }
    })
}

/** Packages above their budget. */
export function sizeFaults(bundle: Bundle): string[] {
  const roots = (bundle.app.subPackages ?? []).map(({ root }) => `${root.replace(/\/$/, '')}/`)
  const sizes = new Map<string, number>()
  for (const file of bundle.files()) {
    const owner = roots.find((root) => file.startsWith(root)) ?? 'main'
    sizes.set(owner, (sizes.get(owner) ?? 0) + bundle.sizeBytes(file))
  }
  return [...sizes].flatMap(([owner, bytes]) => {
    const limit = owner === 'main' ? MAIN_LIMIT_BYTES : SUBPACKAGE_LIMIT_BYTES
    return bytes > limit ? [`package ${owner} has ${bytes} bytes, its budget is ${limit}`] : []
  })
}

/** What app.json and the pages' own JSON promise and the folder does not hold. */
export function manifestFaults(bundle: Bundle): string[] {
  const faults: string[] = []
  const pages = bundle.pages()
  if (new Set(pages).size !== pages.length) faults.push('app.json names a page twice')
  for (const page of pages) faults.push(...pageFaults(bundle, page))
  faults.push(...tabFaults(bundle))
  return faults
}

function pageFaults(bundle: Bundle, page: string): string[] {
  const rules = platformRules[bundle.platform]
  const faults = ['.js', '.json', rules.template].flatMap((ending) =>
    bundle.has(page + ending) ? [] : [`${page}${ending} is missing`],
  )
  if (faults.length > 0) return faults
  const { usingComponents = {} } = bundle.json<{ usingComponents?: Record<string, string> }>(`${page}.json`)
  return Object.values(usingComponents).flatMap((component) =>
    ['.js', '.json', rules.template].flatMap((ending) => {
      const file = resolvePath(page, component) + ending
      return bundle.has(file) ? [] : [`${page}.json uses ${file}, which is missing`]
    }),
  )
}

function tabFaults(bundle: Bundle): string[] {
  const items = bundle.app.tabBar?.list ?? bundle.app.tabBar?.items ?? []
  const faults: string[] = []
  if (items.length < FEWEST_TABS || items.length > MOST_TABS)
    faults.push(`${items.length} tabs; 2 to 5 are allowed`)
  const theme = bundle.app.themeLocation
    ? bundle.json<Record<string, Record<string, string>>>(bundle.app.themeLocation)
    : {}
  for (const item of items) {
    if (!bundle.app.pages.includes(item.pagePath))
      faults.push(`tab ${item.pagePath} is not in the main package`)
    const icons = [item.iconPath, item.selectedIconPath, item.icon, item.activeIcon].filter(
      (icon) => icon !== undefined,
    )
    for (const icon of icons.flatMap((name) => iconFiles(name, theme)))
      if (!bundle.has(icon)) faults.push(`the tab icon ${icon} is missing`)
  }
  for (const [key, value] of Object.entries(bundle.app.window ?? {}))
    if (typeof value === 'string' && value.startsWith('@') && iconFiles(value, theme).length !== 2)
      faults.push(`window.${key} is ${value}, which theme.json does not have in both schemes`)
  return faults
}

/** `@homeIcon` is named in both schemes of theme.json. */
function iconFiles(
  name: string,
  theme: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string[] {
  if (!name.startsWith('@')) return [name]
  const files = ['light', 'dark'].flatMap((scheme) => theme[scheme]?.[name.slice(1)] ?? [])
  return files.length === 2 ? files : [`(theme.json has no ${name} in both schemes)`]
}
