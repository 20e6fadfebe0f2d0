// Owns finding what has the focus, in whatever shadow it stands.

/** The element that has the focus; undefined where it is the page itself. */
export function activeElement(): HTMLElement | undefined {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active instanceof HTMLElement && active !== document.body ? active : undefined
}
