// Owns the look of the page until its scripts are here: what the address or the reader chose, as settings.ts reads it.
// It stands before the stylesheet, so that no dark page begins with a light flash. What nobody chose the system says.
{
  const address = new URLSearchParams(location.search)
  const choiceOf = (setting) => {
    try {
      return address.get(setting) ?? localStorage.getItem(`chartroom.${setting}`)
    } catch {
      return null
    }
  }
  const theme = address.has('tv') ? (address.get('theme') ?? 'dark') : choiceOf('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  if (choiceOf('contrast') === 'high') document.documentElement.dataset.contrast = 'high'
}
