import { Circuit, Retry, SlidingCountBreaker, Timeout } from 'mollitia';
import pRetry from 'p-retry';

const push = async (device: string): Promise<number> => {
  // ok: no-unguarded-client -- the circuit holds a breaker
  const answer = await fetch(`https://push.notify.test/${device}`, { method: 'PUT' });
  return answer.status;
};
const circuit = new Circuit({
  options: {
    modules: [
      new Retry({ attempts: 2, interval: 200 }),
      new SlidingCountBreaker({ slidingWindowSize: 10, minimumNumberOfCalls: 5 }),
      new Timeout({ delay: 1_000 }),
    ],
  },
});
export const sendPush = (device: string): Promise<number> => circuit.fn(push).execute(device);

const sms = async (phone: string): Promise<number> => {
  // expect: no-unguarded-client/unguarded
  const answer = await fetch(`https://sms.notify.test/${phone}`, { method: 'PUT' });
  return answer.status;
};
const limited = new Circuit({ options: { modules: [new Timeout({ delay: 1_000 })] } });
export const sendSms = (phone: string): Promise<number> => limited.fn(sms).execute(phone);

export const templates = (): Promise<number> =>
  pRetry(
    async () => {
      // expect: no-unguarded-client/unguarded
      const answer = await fetch('https://templates.notify.test');
      if (!answer.ok) throw new Error(`templates: ${answer.status}`);
      return answer.status;
    },
    { retries: 2, randomize: true },
  );
