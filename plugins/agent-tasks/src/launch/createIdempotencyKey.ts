/**
 * A key that no other launch has. `crypto.randomUUID` exists in secure contexts alone; a portal that is served over
 * plain http inside a company's network has `getRandomValues` only.
 */
export function createIdempotencyKey(): string {
  if (typeof crypto.randomUUID === 'function') {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
