import { h } from './dom'

/** One column of a table of the panel. */
export interface Column<Row> {
  title: string
  cell: (row: Row) => Node | string
  /** Numbers stand at the right, in figures of equal width. */
  number?: boolean
}

/** A table that becomes a list of small cards on a narrow display. `empty` says what will stand here. */
export function table<Row>(rows: Row[], columns: Column<Row>[], empty: string): HTMLElement {
  if (rows.length === 0) return h('p', { class: 'empty', text: empty })
  const head = h(
    'tr',
    {},
    ...columns.map(({ title, number }) => h('th', { class: number ? 'number' : '', text: title })),
  )
  const lines = rows.map((row) =>
    h(
      'tr',
      {},
      ...columns.map(({ title, cell, number }) => {
        const box = h('td', { class: number ? 'number' : '' }, h('span', {}, cell(row)))
        box.dataset['title'] = title
        return box
      }),
    ),
  )
  return h('div', { class: 'table' }, h('table', {}, h('thead', {}, head), h('tbody', {}, ...lines)))
}

/** A card of the panel whose content is drawn again and again; `draw` gets the place for it. */
export interface Section {
  element: HTMLElement
  content: HTMLElement
}

export function section(id: string, title: string, hint: string): Section {
  const content = h('div', { class: 'content' })
  const element = h(
    'section',
    { class: 'box', testid: `panel-${id}` },
    h('header', {}, h('h2', { text: title }), h('p', { text: hint })),
    content,
  )
  element.id = id
  return { element, content }
}

/** Puts new content in place unless nothing changed, so that what somebody is typing or selecting stays. */
export function createRedraw(content: HTMLElement): (data: unknown, draw: () => Node[]) => void {
  let last = ''
  return (data, draw) => {
    const text = JSON.stringify(data)
    if (text === last) return
    last = text
    content.replaceChildren(...draw())
  }
}
