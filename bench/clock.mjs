/**
 * Preloaded into the server of a bench: its clock begins where the data was made, so that what is due soon stays due soon and
 * leases live, however old the data is. `BENCH_CLOCK_OFFSET` is in milliseconds.
 */
const offset = Number(process.env.BENCH_CLOCK_OFFSET ?? 0)
const Real = Date
function Shifted(...given) {
  if (!new.target) return new Real(Real.now() + offset).toString()
  return Reflect.construct(Real, given.length === 0 ? [Real.now() + offset] : given, new.target)
}
// Next copies what stands on the constructor itself.
Object.defineProperties(Shifted, {
  ...Object.getOwnPropertyDescriptors(Real),
  now: { value: () => Real.now() + offset, writable: true, configurable: true },
})
Real.prototype.constructor = Shifted
globalThis.Date = Shifted
