/** Firefox as it is installed, driven by WebDriver BiDi. */
import { firefox } from "playwright-core";

/** What the driver sends to set up a context, and older versions of Firefox do not know. */
const UNKNOWN = new Set(["emulation.setMediaFeaturesOverride"]);

/** @param {string} executablePath */
export async function launchFirefox(executablePath) {
  const browser = await firefox.launch({ channel: "moz-firefox", executablePath });
  // The driver has no switch for it. It is part of this process, and so are its sessions.
  const { _browserSession: session } = /** @type {any} */ (browser)._connection.toImpl(browser);
  const prototype = Object.getPrototypeOf(session);
  const { send } = prototype;
  prototype.send = function (/** @type {string} */ method, /** @type {unknown} */ parameters) {
    return UNKNOWN.has(method) ? Promise.resolve({}) : send.call(this, method, parameters);
  };
  return browser;
}
