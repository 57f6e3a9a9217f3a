/**
 * One thing a person means to do. Its key stays the same while he sends the
 * same words again (a lost answer, an impatient second press), so the server
 * does it once; other words are another intent and get another key.
 */
export class Intent {
  #words = ''
  #key = ''

  keyFor(body: unknown): string {
    const words = JSON.stringify(body)
    if (!this.#key || words !== this.#words) {
      this.#words = words
      this.#key = crypto.randomUUID()
    }
    return this.#key
  }

  /** Call when the server has answered that it is done. */
  close(): void {
    this.#key = ''
  }
}
