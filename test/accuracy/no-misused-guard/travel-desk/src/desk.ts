import { circuitBreaker, ConsecutiveBreaker, handleAll, retry, timeout, TimeoutStrategy, wrap } from 'cockatiel';
import CircuitBreaker from 'opossum';

const options = { timeout: 2_000, volumeThreshold: 5 };
const read = async (path: string): Promise<unknown> => {
  const answer = await fetch(`https://desk.test${path}`);
  if (!answer.ok) throw new Error(path);
  return answer.json();
};
const newBreaker = () => circuitBreaker(handleAll, { halfOpenAfter: 5_000, breaker: new ConsecutiveBreaker(4) });
function configured(): CircuitBreaker<[string], unknown> {
  const breaker = new CircuitBreaker(read, options);
  breaker.on('open', () => console.warn('open'));
  return breaker;
}

export async function createBooking(id: string): Promise<unknown> {
  // expect: no-misused-guard/perCall
  const breaker = new CircuitBreaker(read, options);
  return breaker.fire(`/bookings/${id}`);
}
export async function runSearch(q: string): Promise<unknown> {
  // expect: no-misused-guard/perCall
  const breaker = configured();
  return breaker.fire(`/search?q=${q}`);
}
// ok: no-misused-guard -- made once
const hotels = configured();
export const hotel = (id: string) => hotels.fire(`/hotels/${id}`);

async function main(): Promise<void> {
  // ok: no-misused-guard -- runs once
  const breaker = new CircuitBreaker(read, options);
  await breaker.fire('/start');
}
void main();

const cars = newBreaker();
const trains = newBreaker();
export const car = () => cars.execute(() => fetch('https://cars.test/1'));
// ok: no-misused-guard -- a breaker of its own, by the same factory
export const train = () => trains.execute(() => fetch('https://trains.test/1'));
// expect: no-misused-guard/sharedAcross
export const ferry = () => trains.execute(() => fetch('https://ferries.test/1'));

export class Desk {
  private readonly visas = newBreaker();
  private readonly taxis = newBreaker();

  visa() {
    return this.visas.execute(() => fetch('https://visas.test'));
  }
  taxi() {
    // ok: no-misused-guard -- the field's own
    return this.taxis.execute(() => fetch('https://taxis.test'));
  }
  bus() {
    // expect: no-misused-guard/sharedAcross
    return this.taxis.execute(() => fetch('https://buses.test'));
  }
  rent(id: string) {
    // expect: no-misused-guard/perCall
    const policy = wrap(retry(handleAll, { maxAttempts: 2 }), newBreaker());
    return policy.execute(() => read(`/rent/${id}`));
  }
}
const soft = timeout(500, TimeoutStrategy.Cooperative);
// expect: no-misused-guard/ignoredSignal
export const soon = () => soft.execute(() => fetch('https://soon.test'));
// ok: no-misused-guard -- passed on by name
export const later = () => soft.execute(({ signal: abort }) => fetch('https://later.test', { signal: abort }));
