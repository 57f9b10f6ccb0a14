import { circuitBreaker, ConsecutiveBreaker, handleAll, timeout, TimeoutStrategy } from 'cockatiel';

const breaker = circuitBreaker(handleAll, { halfOpenAfter: 5_000, breaker: new ConsecutiveBreaker(4) });
const clock = timeout(900, TimeoutStrategy.Aggressive);

function Guarded(_target: object, _key: string, descriptor: PropertyDescriptor): void {
  const inner = descriptor.value as () => Promise<unknown>;
  descriptor.value = function (this: unknown) {
    return breaker.execute(() => inner.call(this));
  };
}
function Timed(_target: object, _key: string, descriptor: PropertyDescriptor): void {
  const inner = descriptor.value as () => Promise<unknown>;
  descriptor.value = function (this: unknown) {
    return clock.execute(() => inner.call(this));
  };
}

export class Gateway {
  @Guarded
  async beds(): Promise<number> {
    // ok: no-unguarded-client -- a decorator of the file
    return (await fetch('https://beds.test')).status;
  }
  @Timed
  async wards(): Promise<number> {
    // expect: no-unguarded-client/unguarded
    return (await fetch('https://wards.test')).status;
  }
  labs(): Promise<number> {
    return breaker.execute(() => this.#labs());
  }
  async #labs(): Promise<number> {
    // ok: no-unguarded-client -- private, and guarded where it is called
    return (await fetch('https://labs.test')).status;
  }
  async doctors(): Promise<number> {
    // expect: no-unguarded-client/unguarded
    return (await fetch('https://doctors.test')).status;
  }
}
