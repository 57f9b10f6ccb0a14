import http from 'node:http';
import { config } from '../config.js';
import { HttpError } from '../lib/errors.js';

export interface FraudCheck {
  customerId: string;
  email: string;
  country: string;
  total: number;
}

/** How likely it is that the order is a fraud, from 0 to 100. */
export function fraudScore(check: FraudCheck): Promise<number> {
  const url = new URL('/v2/score', config.fraudUrl);
  const payload = JSON.stringify(check);
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) },
        signal: AbortSignal.timeout(2000),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => {
          if (response.statusCode !== 200) {
            reject(new HttpError(response.statusCode ?? 0, url.href, text));
            return;
          }
          try {
            resolve((JSON.parse(text) as { score: number }).score);
          } catch (error) {
            reject(error);
          }
        });
      },
    );
    request.on('error', reject);
    request.end(payload);
  });
}
