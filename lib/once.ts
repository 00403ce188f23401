/**
 * The one value of this name in this process. Next evaluates a module up to three times (pages, route
 * handlers, instrumentation), so anything stateful is made here and nowhere at module level.
 */
export const once = <T>(name: string, make: () => T): T => {
  const key = Symbol.for(`app.${name}`)
  if (!Reflect.has(globalThis, key)) Reflect.set(globalThis, key, make())
  return Reflect.get(globalThis, key) as T
}
