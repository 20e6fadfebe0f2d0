// How a control says where it listens.

/**
 * Listens on a free port of this machine, and prints it.
 * @param {import('@hono/node-server').ServerType} server
 */
export function tellPort(server) {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    console.log(JSON.stringify({ port: typeof address === 'object' ? address?.port : undefined }))
  })
}
