/**
 * Gives the memory of these bytes free at once; they are empty from then on. Of large bytes that nobody looks at any more: until
 * the collector finds them they count against its limits, and some ten megabytes of them make it walk the whole heap.
 * Bytes that share their memory with others, as small ones do, are left alone.
 */
export function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached && buffer.byteLength === byteLength)
    buffer.transfer(0)
}
