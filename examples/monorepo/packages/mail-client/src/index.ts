import { urls } from '@shop/config';
import { withRetry } from '@shop/retry';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export function send(mail: Mail): Promise<void> {
  return withRetry(async () => {
    const response = await fetch(`${urls.mail}/messages`, {
      method: 'POST',
      body: JSON.stringify(mail),
      signal: AbortSignal.timeout(5000),
    });
    if (!response.ok) throw new Error(`mail answered ${response.status}`);
  });
}
