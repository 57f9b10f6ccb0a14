/** Made once, when the module is loaded. */
export const startupSignal = AbortSignal.timeout(30_000);

/** Made anew at each call. */
export const freshSignal = (ms = 5000): AbortSignal => AbortSignal.timeout(ms);

export function forever(): AbortSignal {
  return new AbortController().signal;
}

export class Deadline {
  readonly #controller = new AbortController();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  cancel(): void {
    this.#controller.abort();
  }
}

export const settings = { requestTimeout: 0, connectTimeout: 3000 };
