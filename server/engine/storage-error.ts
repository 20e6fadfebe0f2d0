// Owns what an engine throws when it cannot be asked now: nobody's bug, and perhaps gone in a moment.

/** What keeps the groups does not answer; the message is for whoever runs the server. */
export class StorageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StorageError'
  }
}
