import type { Resend } from 'resend';
export * as lib from 'resend';
export declare const clients: { Resend: Resend; Emails: Resend['emails'] };
