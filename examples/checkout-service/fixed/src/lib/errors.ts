/** A downstream answered with a status that is not a success. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly status: number,
    readonly url: string,
    readonly body: string,
  ) {
    super(`${url} answered ${status}`);
  }
}

/** The checkout cannot go through for a reason that the customer can do something about. */
export class CheckoutError extends Error {
  override readonly name = 'CheckoutError';

  constructor(
    readonly code: 'out_of_stock' | 'card_declined' | 'rejected',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
