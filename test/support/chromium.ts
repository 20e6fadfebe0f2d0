// The browser of the browser tests: Debian's Chromium, driven by playwright-core. Pages and servers are the tests' own.
import { type Browser, chromium } from 'playwright-core'
import { findBrowser } from './find-browser.mjs'

/**
 * What the driver turns off and a page of ours would notice, and the address bar's suggestions: each window draws them
 * as two pages of its own, which cost more than ours. Only the last list of a command line counts.
 */
const features = [
  'HttpsUpgrades',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'DestroyProfileOnBrowserClose',
  'LensOverlay',
  'MediaRouter',
  'OptimizationHints',
  'AimEnabled',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'PreloadTopChromeWebUI',
]

/** What keeps a run quiet and the same everywhere: no GPU, no questions, no calls home. */
const flags = [
  `--disable-features=${features.join(',')}`,
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A new headless browser. Close it when done; rejects when there is no Chromium. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('No Chromium: run `node server/setup.mjs --test`, which says why.')
  // Root cannot have Chromium's sandbox.
  const isRoot = process.getuid?.() === 0
  return chromium.launch({ executablePath, args: isRoot ? [...flags, '--no-sandbox'] : flags })
}
