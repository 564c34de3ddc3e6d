/** Hears whatever is sent to this machine: requests over HTTP at one port, TCP connections and UDP packets at another. */
import { createSocket } from "node:dgram";
import { createServer as createHttpServer } from "node:http";
import { createServer as createTcpServer } from "node:net";

/**
 * @typedef {object} Listener
 * @property {string} url with "/" at its end
 * @property {string} raw host and port
 * @property {string[]} heard paths of requests; "tcp" and "udp"
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Listener>} */
export async function listen() {
  /** @type {string[]} */
  const heard = [];
  const http = createHttpServer((request, response) => {
    heard.push(request.url ?? "");
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/javascript" }).end("");
  });
  http.on("upgrade", (request, socket) => {
    heard.push(request.url ?? "");
    socket.destroy();
  });
  const tcp = createTcpServer((socket) => {
    heard.push("tcp");
    socket.on("error", () => {});
    socket.destroy();
  });
  for (const server of [http, tcp]) await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const [httpPort, rawPort] = [http, tcp].map((server) => /** @type {import("node:net").AddressInfo} */ (server.address()).port);
  const udp = createSocket("udp4", () => heard.push("udp"));
  await new Promise((resolve) => udp.bind(rawPort, "127.0.0.1", () => resolve(undefined)));
  return {
    url: `http://127.0.0.1:${httpPort}/`,
    raw: `127.0.0.1:${rawPort}`,
    heard,
    async close() {
      udp.close();
      http.closeAllConnections();
      for (const server of [http, tcp]) await new Promise((resolve) => server.close(() => resolve(undefined)));
    },
  };
}
