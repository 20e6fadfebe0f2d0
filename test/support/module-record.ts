// Reads from a source file what the layer rule asks about: what it imports, and whether it touches `process`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ESTree, parseSync, Visitor } from 'vite'

/** One import of a module, re-exports, dynamic imports and `import('...')` types included. */
export interface ImportRecord {
  readonly specifier: string
  /** Nothing of it is left when it runs. */
  readonly isType: boolean
}

export interface ModuleRecord {
  /** Its path from the root, with `/`. */
  readonly file: string
  readonly imports: readonly ImportRecord[]
  readonly touchesProcess: boolean
}

/** The records of all `.ts` files below a folder of the root. */
export function readModules(root: string, folder: string): ModuleRecord[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.config.ts') && !/\/(dist|node_modules)\//.test(file))
    .sort()
    .map((file) => parseModule(file, readFileSync(join(root, file), 'utf8')))
}

/** Throws when the text is not TypeScript. */
export function parseModule(file: string, text: string): ModuleRecord {
  const { program, errors } = parseSync(file, text)
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`)
  const imports: ImportRecord[] = []
  const add = (source: ESTree.Node | null, isType: boolean) => {
    if (source?.type === 'Literal' && typeof source.value === 'string')
      imports.push({ specifier: source.value, isType })
  }
  const processUse = watchForProcess()
  new Visitor({
    ...processUse.visitor,
    ImportDeclaration: (node) => add(node.source, node.importKind === 'type'),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => add(node.source, false),
    TSImportType: (node) => add(node.source, true),
  }).visit(program)
  const touchesProcess = processUse.isSeen() || imports.some(({ specifier }) => /^(node:)?process$/.test(specifier))
  return { file, imports, touchesProcess }
}

/** Tells the global apart from a property or a key of that name (`worker.process`), `globalThis.process` excepted. */
function watchForProcess() {
  const names = new Set<number>()
  let isSeen = false
  const skip = (key: ESTree.Node, isComputed: boolean) => {
    if (!isComputed) names.add(key.start)
  }
  return {
    isSeen: () => isSeen,
    visitor: {
      MemberExpression: (node: ESTree.MemberExpression) => {
        const isGlobal = node.object.type === 'Identifier' && node.object.name === 'globalThis'
        if (!isGlobal) skip(node.property, node.computed)
      },
      Property: (node: ESTree.ObjectProperty | ESTree.BindingProperty | ESTree.AssignmentTargetProperty) => {
        if (!('shorthand' in node && node.shorthand)) skip(node.key, node.computed)
      },
      PropertyDefinition: (node: ESTree.PropertyDefinition) => skip(node.key, node.computed),
      MethodDefinition: (node: ESTree.MethodDefinition) => skip(node.key, node.computed),
      TSPropertySignature: (node: ESTree.TSPropertySignature) => skip(node.key, node.computed),
      TSMethodSignature: (node: ESTree.TSMethodSignature) => skip(node.key, node.computed),
      Identifier: (node: { readonly name: string; readonly start: number }) => {
        if (node.name === 'process' && !names.has(node.start)) isSeen = true
      },
    },
  }
}
