/** Why a request is given up: whoever asked has closed the connection, so there is nobody to answer. */
export class ClientLeft extends Error {
  override readonly name = 'ClientLeft'

  constructor() {
    super('the client has left')
  }
}

/** Whether work was broken off because the client left; timers of Node put the reason below an error of their own. */
export function isClientLeft(thrown: unknown): boolean {
  return thrown instanceof ClientLeft || (thrown instanceof Error && thrown.cause instanceof ClientLeft)
}
