import type sendgrid from '@sendgrid/mail';
import type { MailService } from '@sendgrid/mail';
export declare const installed: '@sendgrid/mail';
export declare const entry: '@sendgrid/mail';
export declare const exported: { default: typeof sendgrid; MailService: typeof MailService };
export declare const clients: { MailService: MailService };
