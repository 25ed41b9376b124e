import { z } from 'zod'
import { errorCatalogue } from '../errors'
import type { Operation, Operations } from './operation'

type Json = { [key: string]: unknown }

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}

const ERROR_SCHEMA: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string', enum: errorCatalogue().map((entry) => entry.code) },
        message: { type: 'string', description: '给居民看的一句话' },
        requestId: { type: 'string' },
        retryAfterSeconds: { type: 'integer' },
        fields: {
          type: 'array',
          items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
        },
      },
    },
  },
}

/** The API document, made from the same schemas that check the requests. */
export function openApiDocument(operations: Operations, title: string, serverUrl: string): Json {
  return {
    openapi: '3.1.0',
    info: { title, version: '0.1.0', license: { name: 'Apache-2.0' } },
    servers: [{ url: serverUrl }],
    paths: Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [
        `/api/${name}`,
        { [operation.method.toLowerCase()]: pathItem(name, operation) },
      ]),
    ),
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: ERROR_SCHEMA },
    },
  }
}

function pathItem(name: string, operation: Operation): Json {
  const input = schemaOf(operation.input, 'input')
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    summary: operation.summary,
    ...(operation.auth === 'resident' ? { security: [{ session: [] }] } : {}),
    ...(operation.method === 'GET'
      ? { parameters: queryParameters(input) }
      : { requestBody: { required: true, content: { 'application/json': { schema: input } } } }),
    responses: {
      200: {
        description: 'OK',
        content: { 'application/json': { schema: schemaOf(operation.output, 'output') } },
      },
      default: {
        description: 'Error',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

function queryParameters(input: Json): Json[] {
  const properties = (input['properties'] ?? {}) as { [name: string]: Json }
  const required = new Set((input['required'] ?? []) as string[])
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.has(name),
    schema,
  }))
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

/** The same document as a page that needs nothing from anywhere. */
export function docsPage(operations: Operations, title: string): string {
  const sections = Object.entries(operations).map(([name, operation]) => {
    const show = (schema: z.ZodType, io: 'input' | 'output'): string =>
      escape(JSON.stringify(schemaOf(schema, io), null, 2))
    return `<section id="${name}"><h2><code>${operation.method}</code> /api/${name}</h2><p>${escape(operation.summary)}</p>
<p class="who">${operation.auth === 'resident' ? '需要登录：Authorization: Bearer …' : '公开'}</p>
<details><summary>输入</summary><pre>${show(operation.input, 'input')}</pre></details>
<details><summary>输出</summary><pre>${show(operation.output, 'output')}</pre></details></section>`
  })
  const errors = errorCatalogue().map(
    (e) => `<tr><td><code>${e.code}</code></td><td>${e.status}</td><td>${escape(e.message)}</td></tr>`,
  )
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title><style>body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:860px;margin:0 auto;padding:24px;color:#15181d}
h1{font-size:26px}h2{font-size:18px;margin:32px 0 4px}code{background:#f1f3f6;padding:2px 6px;border-radius:6px}pre{background:#f7f8fa;padding:12px;overflow:auto;border-radius:10px;font-size:13px}
.who{color:#686f7a;margin:4px 0}td{padding:4px 12px 4px 0;vertical-align:top}nav a{display:inline-block;margin:0 12px 4px 0}</style>
<h1>${escape(title)}</h1><p>读操作用 GET、参数在地址里；写操作用 POST、参数是 JSON。机器可读：<a href="/openapi.json">/openapi.json</a></p>
<nav>${Object.keys(operations)
    .map((name) => `<a href="#${name}">${name}</a>`)
    .join('')}</nav>
${sections.join('\n')}<h2 id="errors">错误</h2><table>${errors.join('')}</table></html>`
}
