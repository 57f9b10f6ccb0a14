import nodemailer from 'nodemailer';
import { WebClient } from '@slack/web-api';
import Stripe from 'stripe';
import twilio from 'twilio';
import sendgrid from '@sendgrid/mail';
import { Resend } from 'resend';
import { Octokit } from '@octokit/rest';

// expect: require-timeout/longDefault
const mailer = nodemailer.createTransport({ host: 'smtp.example', port: 587 });

// ok: require-timeout -- all of them
const boundedMailer = nodemailer.createTransport({
  host: 'smtp.example',
  connectionTimeout: 5000,
  greetingTimeout: 5000,
  socketTimeout: 10_000,
  dnsTimeout: 3000,
});

// expect: require-timeout/longDefault|missing
const slack = new WebClient(process.env.SLACK_TOKEN, { retryConfig: { retries: 2 } });

// expect: require-timeout/longDefault
const stripe = new Stripe(process.env.STRIPE_KEY ?? '', { maxNetworkRetries: 2 });

// ok: require-timeout -- each call of it in this file is bounded
const payouts = new Stripe(process.env.STRIPE_KEY ?? '');

// ok: require-timeout -- 30 s by default
const sms = twilio(process.env.TWILIO_SID, process.env.TWILIO_TOKEN);

// ok: require-timeout -- it takes no limit here: judged at the call
const resend = new Resend(process.env.RESEND_KEY);

export const github = new Octokit({ auth: process.env.GITHUB_TOKEN });

export async function mail(to: string, subject: string): Promise<void> {
  await mailer.sendMail({ to, subject });
  await boundedMailer.sendMail({ to, subject });
  // expect: require-timeout/longDefault|missing
  await resend.emails.send({ from: 'studio@example.com', to, subject, text: subject });
}

export async function tell(channel: string, text: string): Promise<void> {
  await slack.chat.postMessage({ channel, text });
  await sms.messages.create({ to: channel, from: '+100', body: text });
}

export async function charge(amount: number, key: string): Promise<string> {
  const intent = await stripe.paymentIntents.create({ amount, currency: 'eur' }, { idempotencyKey: key });
  return intent.id;
}

export async function pay(amount: number, key: string): Promise<string> {
  // ok: require-timeout -- per call
  const payout = await payouts.payouts.create({ amount, currency: 'eur' }, { idempotencyKey: key, timeout: 10_000 });
  return payout.id;
}

export async function newsletter(to: string[]): Promise<void> {
  // expect: require-timeout/missing
  await sendgrid.sendMultiple({ to, from: 'studio@example.com', subject: 'News', text: 'News' });
}
